-- Who takes a seat has its number, and nobody else has one: what is counted by states and what is kept apart by numbers stay the same.
CREATE FUNCTION sign_up_seat() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a place has a number if it takes a seat'; END $$;
CREATE TRIGGER sign_up_seat_entered BEFORE INSERT ON sign_up FOR EACH ROW
WHEN ((NEW.seat_no IS NOT NULL) <> (NEW.state IN ('held', 'confirmed', 'offered'))) EXECUTE FUNCTION sign_up_seat();
CREATE TRIGGER sign_up_seat_changed BEFORE UPDATE OF state, seat_no ON sign_up FOR EACH ROW
WHEN ((NEW.seat_no IS NOT NULL) <> (NEW.state IN ('held', 'confirmed', 'offered'))) EXECUTE FUNCTION sign_up_seat();
