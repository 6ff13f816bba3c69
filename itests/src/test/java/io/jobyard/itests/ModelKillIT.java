// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.SeenCall;
import io.jobyard.modelserver.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * Kills the host while its jobs are told answers, some of which the provider turns away at first. {@code -Dcalls=N} are submitted in each
 * of {@code -Drounds=N}, and the host is killed {@code -Dkills=N} times in each. {@code -Dat.once=N} calls are in flight at the first kill of a
 * round. After a further kill of the same round they run one at a time, because a host suspects jobs that were lost twice.
 * {@code -Dstream.seconds=N -Dpieces=N} make longer answers, {@code -Dseed=N} repeats a run, and {@link ModelHost} has further options.
 */
@Category(Storm.class)
public class ModelKillIT {

    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final int CALLS = Integer.getInteger("calls", 48);
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int AT_ONCE = Integer.getInteger("at.once", 8);
    private static final int ALL = ROUNDS * CALLS;
    private static final Turn ANSWER =
            ModelHost.stream(Integer.getInteger("stream.seconds", 2), Integer.getInteger("pieces", 20));

    @Rule
    public final HostProcess host = new HostProcess();

    private final KillTimes times = new KillTimes(host);
    private final AtomicInteger begun = new AtomicInteger();
    private final Map<String, Integer> callsOf = new ConcurrentHashMap<>();

    @Test
    public void whatIsPaidIsStoredOrWasOnItsWayAtAKill() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        System.out.println("ModelKillIT: seed " + seed + ", " + ROUNDS + " rounds with " + KILLS + " kills and " + CALLS
                + " calls");
        try (ModelServer server = ModelHost.server(this::turn)) {
            ModelHost.configure(host, server, "openai");
            ModelHost.chooseStore(host);
            host.configure("io.jobyard.worker", "async.jobs = " + AT_ONCE, "quarantine.host.losses = 0");
            host.configure("io.jobyard.types-chat_completion", "timeout.seconds = 600");
            times.startEmpty();
            List<String> ids = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                ids.addAll(ModelHost.submit(host, ids.size(), CALLS));
                killAndAwaitEnds(ids.size(), random);
            }
            assertThat(host.json("job:stats").at("/byStatus/completed").asInt()).isEqualTo(ALL);
            check(ids, server.account().charges());
        }
    }

    private void killAndAwaitEnds(int submitted, Random random) throws Exception {
        int atOnce = Math.min(AT_ONCE, CALLS);
        awaitBegun(atOnce, submitted);
        for (int kill = 0; kill < KILLS; kill++) {
            Thread.sleep(random.nextInt(2_000)); // anywhere in an answer
            times.kill();
            int soFar = begun.get();
            times.startAgain();
            awaitBegun(soFar + (kill == 0 ? Math.min(atOnce, submitted - over()) : 1), submitted);
            times.begunAgain(begun.get() - soFar);
        }
        await().atMost(Duration.ofMinutes(5).plusSeconds(CALLS)).until(() -> over() == submitted);
    }

    private void check(List<String> ids, List<Charge> charges) throws Exception {
        assertThat(charges).hasSize(begun.get());
        assertThat(charges.size()).isBetween(ALL, ALL + ROUNDS * KILLS * AT_ONCE);
        CallLedger ledger = new CallLedger(ANSWER.text());
        List<JsonNode> jobs = host.json(ids.stream().map(id -> "job:show " + id).toList());
        List<JsonNode> histories =
                host.json(ids.stream().map(id -> "job:history " + id).toList());
        for (int n = 0; n < ALL; n++) {
            ledger.check(jobs.get(n), histories.get(n), callsOf.get("number " + n));
            times.note(histories.get(n));
        }
        System.out.println(ledger.summary());
        System.out.println(times.summary());
        long charged = charges.stream()
                .mapToLong(charge -> charge.inputTokens() + charge.outputTokens())
                .sum();
        System.out.printf(
                "%d calls paid for %d answers; %d tokens charged, %d used, %d of them by stored answers%n",
                charges.size(), ALL, charged, ledger.used(), ledger.told());
        assertThat(ledger.used()).isBetween(ledger.told(), charged);
        assertThat(ModelHost.used(host, "tokens")).isEqualTo(ledger.used());
    }

    private void awaitBegun(int calls, int submitted) {
        await().atMost(HostProcess.TIMEOUT).until(() -> begun.get() >= calls || over() == submitted);
    }

    private int over() throws Exception {
        JsonNode byStatus = host.json("job:stats").get("byStatus");
        return byStatus.path("completed").asInt() + byStatus.path("failed").asInt();
    }

    private Turn turn(SeenCall call) {
        if (call.number() == 1 && call.prompt().endsWith("3")) {
            return Turn.refused(429, "slow down").header("retry-after", "1");
        }
        begun.incrementAndGet();
        callsOf.merge(call.prompt(), 1, Integer::sum);
        return ANSWER;
    }
}
