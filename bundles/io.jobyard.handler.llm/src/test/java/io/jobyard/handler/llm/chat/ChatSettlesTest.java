// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.Fault;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.SeenCall;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What jobs have used is what the servers have charged, to the token, whatever goes wrong. */
class ChatSettlesTest {

    private static final int JOBS = 1_000;
    /** All at once, for three seconds. */
    private static final int THAT_WAIT_IN_VAIN = 4;

    private static final int MOST_FAULTS = 4;
    private static final String SILENT = "silent ";

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    @Test
    void usesWhatIsChargedOverAThousandCallsWithFaults() {
        List<ModelServer> servers = List.of(
                models.endpoint("openai", call -> turn(call, 1), "fallbacks", "spare"),
                models.endpoint("spare", call -> turn(call, 2)),
                models.endpoint("anthropic", call -> turn(call, 3), "wire", "anthropic"),
                models.endpoint("hasty", ChatSettlesTest::silent, "timeout.seconds", "3", "idle.seconds", "3"));
        try (TestHost host = models.host()) {
            List<TestJob> jobs = new ArrayList<>();
            for (int i = 0; i < THAT_WAIT_IN_VAIN; i++) {
                jobs.add(host.submit(job(i)));
            }
            jobs.forEach(TestJob::awaitEnd);
            for (int i = THAT_WAIT_IN_VAIN; i < JOBS; i++) {
                jobs.add(host.submit(job(i)).awaitEnd());
            }

            assertThat(jobs)
                    .allSatisfy(
                            job -> assertThat(job.status()).as(job.toString()).isEqualTo(JobStatus.COMPLETED));
            assertThat(sum(jobs, "tokens.input")).isEqualTo(charged(servers, Charge::inputTokens));
            assertThat(sum(jobs, "tokens.output")).isEqualTo(charged(servers, Charge::outputTokens));
            assertThat(sum(jobs, "tokens")).isEqualTo(sum(jobs, "tokens.input") + sum(jobs, "tokens.output"));
            assertThat(sum(jobs, "usd"))
                    .isCloseTo(
                            (charged(servers, Charge::inputTokens) * 2
                                            - charged(servers, Charge::cachedTokens)
                                            + charged(servers, Charge::outputTokens) * 8)
                                    / 1e6,
                            within(1e-9));
            assertThat(servers)
                    .allSatisfy(server -> assertThat(server.account().charges())
                            .extracting(Charge::isComplete)
                            .contains(true, false));
            assertThat(servers.get(0).account().refused()).isPositive();
        }
    }

    private static JobSpecification job(int number) {
        boolean waits = number < THAT_WAIT_IN_VAIN;
        Map<String, Object> payload = new HashMap<>(ModelFixture.payload((waits ? SILENT : "Say ") + "no. " + number));
        payload.put("endpoint", waits ? "hasty" : number % 2 == 0 ? "openai" : "anthropic");
        return JobSpecification.type("chat_completion")
                .payload(payload)
                .maxRetries(10)
                .timeout(Duration.ofDays(1)) // the clock is moved while they run
                .build();
    }

    /** The same call gets the same turn; in the end each gets an answer. */
    private static Turn turn(SeenCall call, int seed) {
        Random random = new Random(seed * 1_000L + call.prompt().hashCode() * 31L + call.number());
        Turn answer = Turn.text("That is said ".repeat(1 + random.nextInt(5)) + "€ and 😀 of " + call.prompt())
                .cached(random.nextInt(2) * 2);
        if (call.number() > MOST_FAULTS || random.nextBoolean()) {
            return answer;
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> answer.cached(0).with(new Fault.Cut(random.nextInt(8)));
            case 3 ->
                answer.with(new Fault.Broken(random.nextInt(8), "api_error", "it broke"))
                        .cached(0);
            case 4 -> answer.cached(0).with(new Fault.NoUsage());
            case 5 -> answer.cached(0).with(new Fault.BadBody());
            case 6 -> Turn.refused(429, "slow down").header("retry-after", "7");
            case 7 -> Turn.refused(529, "overloaded");
            case 8 -> Turn.refused(503, "away");
            default -> Turn.refused(408, "too slow");
        };
    }

    private static Turn silent(SeenCall call) {
        boolean isFromTheStart = call.prompt().hashCode() % 2 == 0;
        return call.number() > 1
                ? Turn.text("At last")
                : Turn.text("Not yet said").with(new Fault.Silence(isFromTheStart ? -1 : 2));
    }

    private static double sum(List<TestJob> jobs, String unit) {
        return jobs.stream().mapToDouble(job -> job.used(unit)).sum();
    }

    private static double charged(List<ModelServer> servers, ToLongFunction<Charge> what) {
        return servers.stream()
                .flatMap(server -> Stream.of(server.account().total(charge -> true)))
                .mapToLong(what)
                .sum();
    }
}
