//! Programs of institutions, and who answers for them.

use domain::access::Scope;
use store::access::TokenDraft;

use crate::modules::Faculty;

store::on_both_engines! {
    async fn a_token_ends_with_the_role_of_who_made_it(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let store = &faculty.office.store;
        let draft = |name: &str| TokenDraft {
            organisation: faculty.institution,
            name: name.to_owned(),
            scope: Scope::Read,
            days: 30,
        };
        let annas = store.make_api_token(faculty.anna.person, draft("Annas")).await.unwrap();
        let bens = store.make_api_token(faculty.ben.person, draft("Bens")).await.unwrap();
        for token in [&annas, &bens] {
            assert!(store.api_caller(token).await.unwrap().is_some());
        }
        store.delete_account(faculty.anna.person).await.unwrap();
        assert!(store.api_caller(&annas).await.unwrap().is_none());
        assert!(store.api_caller(&bens).await.unwrap().is_some(), "others' tokens stay");
    }
}
