//! Topics for the day, and three votes for each person.

use store::StoreError;

use crate::office::Office;

store::on_both_engines! {
    async fn three_votes_and_no_more(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        let (anna, berta) = (office.link("Anna").await, office.link("Berta").await);
        office.signs_up(workshop, "Clara").await;
        for text in ["Wohnsitzauflage", "Dolmetschen", "Schulzugang"] {
            office.store.propose_topic(&berta, text).await.unwrap();
        }
        let fourth = office.store.propose_topic(&berta, "Ein vierter").await;
        assert!(matches!(fourth, Err(StoreError::Duplicate)), "three for each person");
        office.store.propose_topic(&office.link("Clara").await, "Gesundheit").await.unwrap();
        let topics = office.store.topics(workshop, Some(&anna)).await.unwrap();
        assert_eq!(topics.len(), 4);
        let mut given = Vec::new();
        for topic in &topics {
            given.push(office.store.vote_topic(&anna, topic.id, true).await.unwrap());
        }
        assert_eq!(given, [true, true, true, false]);
        office.store.vote_topic(&anna, topics[0].id, false).await.unwrap();
        assert!(office.store.vote_topic(&anna, topics[3].id, true).await.unwrap(), "a vote taken back is free again");
        let mine = office.store.topics(workshop, Some(&anna)).await.unwrap();
        assert_eq!(mine.iter().filter(|topic| topic.mine).count(), 3);
        assert!(mine.is_sorted_by_key(|topic| std::cmp::Reverse(topic.votes)));
    }
}
