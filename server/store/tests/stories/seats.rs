//! Seats and states belong together, and the database itself holds them to it: whatever writes a place that takes a seat without its
//! number, or gives a number to one that takes none, is refused.

use sqlx::AnyPool;

use crate::office::Office;

/// Somebody who waits enters once more, with what is said of the seat.
const ENTERS: &str =
    "INSERT INTO sign_up (id, workshop_id, token, person_key, name, email, organisation, organisation_key, district,
        mode, state, queue_no, seat_no, access_needs, listing, created_at, updated_at, needs)
     SELECT 'new', workshop_id, 'new', 'new', 'Neu', email, organisation, organisation_key, district,
        mode, STATE, queue_no, SEAT, access_needs, listing, created_at, updated_at, needs FROM sign_up WHERE name = 'Ben'";

store_testing::on_both_engines! {
    async fn a_place_that_takes_a_seat_has_its_number_and_no_other(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        for name in ["Anna", "Ben"] {
            office.signs_up(workshop, name).await;
        }
        let pool = AnyPool::connect(&office.database.url).await.unwrap();
        let enters = |state: &str, seat: &str| ENTERS.replace("STATE", state).replace("SEAT", seat);
        for sql in [
            "UPDATE sign_up SET seat_no = NULL WHERE name = 'Anna'".to_owned(),
            "UPDATE sign_up SET state = 'cancelled' WHERE name = 'Anna'".to_owned(),
            "UPDATE sign_up SET seat_no = 2 WHERE name = 'Ben'".to_owned(),
            "UPDATE sign_up SET state = 'confirmed' WHERE name = 'Ben'".to_owned(),
            enters("'offered'", "NULL"),
            enters("'waiting'", "2"),
        ] {
            let error = sqlx::query(sqlx::AssertSqlSafe(sql.clone())).execute(&pool).await.unwrap_err();
            assert!(error.to_string().contains("a place has a number if it takes a seat"), "{sql}: {error}");
        }
        let both = "UPDATE sign_up SET state = 'confirmed', seat_no = 2 WHERE name = 'Ben'";
        assert_eq!(sqlx::query(both).execute(&pool).await.unwrap().rows_affected(), 1);
        let enters = sqlx::query(sqlx::AssertSqlSafe(enters("'offered'", "3")));
        assert_eq!(enters.execute(&pool).await.unwrap().rows_affected(), 1);
    }
}
