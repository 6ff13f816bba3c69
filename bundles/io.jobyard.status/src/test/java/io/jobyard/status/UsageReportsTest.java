// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.UsageQuery.Period;
import io.jobyard.api.ValidationException;
import io.jobyard.testkit.InMemoryStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageReportsTest {

    private static final Instant FROM = Instant.parse("2027-03-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-04-01T00:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final StoredJobsFixture records = new StoredJobsFixture();
    private final InMemoryStore store = records.store;
    private final UsageReports reports = new UsageReports(store.usage());
    private int jobs;

    private void use(String at, String user, @Nullable String model, Map<String, String> labels, double amount) {
        use(Instant.parse(at), user, model, labels, amount, "tokens");
    }

    private void use(
            Instant at, String user, @Nullable String model, Map<String, String> labels, double amount, String unit) {
        JobId job = new JobId(new UUID(1, ++jobs));
        store.usage()
                .keep(List.of(
                        new RunUse(new RunUse.MeteredRun(job, 1, at, user, "llm", model, labels), unit, amount, 2.0)))
                .join();
    }

    private static UsageQuery query(@Nullable Period per, String... by) {
        return new UsageQuery(FROM, UNTIL, List.of(by), per, BERLIN, null, null, null);
    }

    private List<String> told(UsageQuery query) {
        return reports.usage(query, use -> use).stream()
                .map(sum -> sum.since() + " " + sum.group() + " " + sum.unit() + " " + sum.amount() + " of "
                        + sum.estimate() + " in " + sum.runs())
                .toList();
    }

    @Test
    void usesAreSummedByWhatTheyAreToldApartBy() {
        use("2027-03-02T10:00:00Z", "ann", "gpt", Map.of("team", "blue"), 1);
        use("2027-03-02T11:00:00Z", "ann", null, Map.of(), 2);
        use("2027-03-03T11:00:00Z", "bob", "gpt", Map.of("team", "red"), 4);

        assertThat(told(query(null))).containsExactly("null {} tokens 7.0 of 6.0 in 3");
        assertThat(told(query(null, "user")))
                .containsExactly("null {user=ann} tokens 3.0 of 4.0 in 2", "null {user=bob} tokens 4.0 of 2.0 in 1");
        assertThat(told(query(null, "model", "label.team")))
                .containsExactlyInAnyOrder(
                        "null {model=gpt, label.team=blue} tokens 1.0 of 2.0 in 1",
                        "null {model=gpt, label.team=red} tokens 4.0 of 2.0 in 1",
                        "null {model=null, label.team=null} tokens 2.0 of 2.0 in 1");
        assertThat(told(query(null, "type").withSubmitter("bob")))
                .containsExactly("null {type=llm} tokens 4.0 of 2.0 in 1");
    }

    @Test
    void aDayBeginsWhereItsZoneSays() {
        use("2027-03-07T22:59:00Z", "ann", null, Map.of(), 1);
        use("2027-03-07T23:00:00Z", "ann", null, Map.of(), 2);
        use("2027-03-31T22:00:00Z", "ann", null, Map.of(), 4);

        assertThat(told(query(Period.DAY)))
                .containsExactly(
                        "2027-03-07 {} tokens 1.0 of 2.0 in 1",
                        "2027-03-08 {} tokens 2.0 of 2.0 in 1",
                        "2027-04-01 {} tokens 4.0 of 2.0 in 1");
        assertThat(reports.usage(query(Period.WEEK), use -> use))
                .extracting(Usage::since)
                .containsExactly(LocalDate.of(2027, 3, 1), LocalDate.of(2027, 3, 8), LocalDate.of(2027, 3, 29));
        assertThat(reports.usage(query(Period.MONTH), use -> use))
                .extracting(Usage::since)
                .containsExactly(LocalDate.of(2027, 3, 1), LocalDate.of(2027, 4, 1));
    }

    @Test
    void sumsAreExactOverManyPages() {
        for (int n = 0; n < 2_500; n++) {
            use(FROM.plusMillis(n), "ann", null, Map.of(), 0.1, "usd");
        }
        assertThat(reports.usage(query(null, "user"), use -> use))
                .singleElement()
                .satisfies(sum -> assertThat(sum.amount()).isEqualByComparingTo(new BigDecimal("250")));
    }

    @Test
    void moreSumsThanAnybodyReadsAreRefused() {
        List<RunUse> many = new ArrayList<>();
        for (int n = 0; n <= UsageQuery.MAX_SUMS; n++) {
            many.add(new RunUse(
                    new RunUse.MeteredRun(new JobId(new UUID(2, n)), 1, FROM, "user" + n, "llm", null, Map.of()),
                    "tokens",
                    1,
                    null));
        }
        store.usage().keep(many).join();
        assertThatThrownBy(() -> reports.usage(query(null, "user"), use -> use))
                .isInstanceOf(ValidationException.class)
                .hasMessage("more than 10000 sums: use a shorter time, longer periods, or one user," + " type or unit");
        assertThat(reports.usage(query(null, "type"), use -> use)).hasSize(1);
    }

    @Test
    void aQuestionThatMakesNoSenseIsRefused() {
        refused(
                "by",
                "invalid grouping 'queue'; use user, type, model, or label.NAME of a label",
                () -> query(null, "queue"));
        refused("by", "duplicate key in by: user, user; use each key once", () -> query(null, "user", "user"));
        refused("per", "invalid period 'year'; use day, week or month", () -> Period.of("year"));
        refused(
                "since",
                "invalid since " + UNTIL + ": it is not before until " + FROM + "; use an earlier time",
                () -> new UsageQuery(UNTIL, FROM, List.of(), null, BERLIN, null, null, null));
    }

    private static void refused(String field, String message, ThrowingCallable call) {
        assertThat(catchThrowableOfType(ValidationException.class, call).problems())
                .containsExactly(new FieldProblem(field, message));
    }
}
