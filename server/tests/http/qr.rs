//! The picture that leads into a room, read as a phone reads it.

use axum::http::header;
use domain::board::{Anonymity, Level, Settings};
use lafast::config::PublicUrl;
use rqrr::PreparedImage;
use store::{Ambient, audit};

use crate::support::TestApp;

/// Pixels of a module, so that the reader has a picture and not a table.
const MODULE_PIXELS: usize = 6;
const BLACK: u8 = 0;
const WHITE: u8 = 255;

/// What a camera reads in the picture. It is drawn of black squares, `M{x},{y}h1v1h-1` each, on a white ground.
fn read(svg: &str) -> String {
    let size = svg.split("viewBox=\"0 0 ").nth(1).unwrap();
    let size: usize = size.split(' ').next().unwrap().parse().unwrap();
    let drawn = svg.split("<path d=\"").nth(1).unwrap();
    let drawn = drawn.split('"').next().unwrap();
    let mut is_black = vec![false; size * size];
    for square in drawn.split('M').skip(1) {
        let place = square.strip_suffix("h1v1h-1").unwrap();
        let (x, y) = place.split_once(',').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        is_black[y * size + x] = true;
    }
    let side = size * MODULE_PIXELS;
    let mut picture = PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        let module = (y / MODULE_PIXELS) * size + x / MODULE_PIXELS;
        if is_black[module] { BLACK } else { WHITE }
    });
    let found = picture.detect_grids();
    assert_eq!(found.len(), 1, "codes in the picture");
    let (_, says) = found[0].decode().unwrap();
    says
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_of_the_code_leads_to_the_board_at_the_address_that_people_know() {
    const PUBLIC: &str = "https://werkstatt.lafast.example";
    let app = TestApp::start_with(Ambient::system(), |config| {
        config.public_url = PublicUrl::parse(PUBLIC).unwrap();
    })
    .await;
    let draft = store_testing::board_draft(Settings::new(Level::Off, Anonymity::Anonymous, 3));
    let row = app.store.create_board(audit::Actor::System, &draft);
    let row = row.await.unwrap();
    let answer = app.get(&format!("/themen/{}/code.svg", row.slug)).await;
    assert_eq!(answer.header(header::CONTENT_TYPE.as_str()), "image/svg+xml");
    let says = read(&answer.text());
    assert_eq!(says, format!("{PUBLIC}/b/{}", row.code));
    // And this address leads into the room.
    let answer = app.get(says.strip_prefix(PUBLIC).unwrap()).await;
    let target = format!("/themen/{}?mitmachen=1", row.slug);
    assert_eq!(answer.header(header::LOCATION.as_str()), target);
}
