import Testing

@testable import Pause

@Suite("Days and moments")
struct CalendarTests {
    @Test(
        "A day is read, counted and written",
        arguments: [
            ("1970-01-01", 0, "Thursday"), ("2000-02-29", 11_016, "Tuesday"), ("2024-12-31", 20_088, "Tuesday"),
            ("2026-03-01", 20_513, "Sunday"),
        ])
    func day(_ text: String, _ number: Int, _ weekday: String) {
        let day = CalendarDay(text)
        #expect(day?.number == number)
        #expect(day?.description == text)
        #expect(day?.weekdayName == weekday)
    }

    @Test(
        "What is no day is refused",
        arguments: [
            "", "2024-13-01", "2023-02-29", "24-01-01", "2024/01/01", "2024-01-01T00:00:00", "2024-1-", "20x4-01-01",
        ])
    func noDay(_ text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test("Days go there and back over four centuries")
    func roundTrip() {
        for number in stride(from: -20_000, through: 130_000, by: 37) {
            let day = CalendarDay(number: number)
            #expect(CalendarDay(day.description)?.number == number)
        }
    }

    @Test("A moment is strict where tools are, and lenient where files are")
    func moments() {
        #expect(DayTime("2024-06-10T07:05:09")?.description == "2024-06-10T07:05:09")
        #expect(DayTime("2024-06-10 07:05") == nil)
        #expect(DayTime(lenient: "2024-06-10 07:05")?.description == "2024-06-10T07:05:00")
        #expect(DayTime(lenient: "2024-06-10")?.minuteOfDay == 0)
        #expect(DayTime("2024-06-10T24:00:00") == nil)
    }
}
