-- Who takes a seat has its number, and nobody else has one: what is counted by states and what is kept apart by numbers stay the same.
CREATE TRIGGER sign_up_seat_entered BEFORE INSERT ON sign_up
WHEN (NEW.seat_no IS NOT NULL) <> (NEW.state IN ('held', 'confirmed', 'offered'))
BEGIN SELECT RAISE(ABORT, 'a place has a number if it takes a seat'); END;
CREATE TRIGGER sign_up_seat_changed BEFORE UPDATE OF state, seat_no ON sign_up
WHEN (NEW.seat_no IS NOT NULL) <> (NEW.state IN ('held', 'confirmed', 'offered'))
BEGIN SELECT RAISE(ABORT, 'a place has a number if it takes a seat'); END;
