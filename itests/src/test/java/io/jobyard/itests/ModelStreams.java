// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.modelserver.Account;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.Fault;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.SeenCall;
import io.jobyard.modelserver.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Rule;
import org.junit.Test;

/**
 * Many calls at once that each stream for seconds, and an urgent job every 200 ms beside them: time, threads, heap, and what was settled.
 * Run it by its name; {@code -Dcalls=200 -Dstream.seconds=10 -Dpieces=20}, pieces by second, and the options of {@link ModelHost}. Every
 * tenth answer is cut off once, unless {@code -Dcut=false}. The looks at the heap stop the host for up to a second; {@code -Dlooks=false}
 * omits them, for the waits of the urgent jobs.
 */
public class ModelStreams {

    private static final int CALLS = Integer.getInteger("calls", 200);
    private static final int STREAM_SECONDS = Integer.getInteger("stream.seconds", 10);
    private static final int PIECES_A_SECOND = Integer.getInteger("pieces", 20);
    /** Pieces before a cut. */
    private static final int CUT = Math.min(20, STREAM_SECONDS * PIECES_A_SECOND / 2);

    private static final boolean LOOKS = !"false".equals(System.getProperty("looks"));
    private static final boolean CUTS = !"false".equals(System.getProperty("cut"));
    /** Threads of the host's own that a load needs: of its HTTP client, starters, readers and shell. */
    private static final int FOR_ALL = 48;

    private static final Duration LONGEST = Duration.ofMinutes(5).plusSeconds(STREAM_SECONDS + CALLS);
    /** Each look at the heap starts a process. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private static final String FIRST = "first";

    @Rule
    public final HostProcess host = new HostProcess();

    private final AtomicInteger begun = new AtomicInteger();
    private int mostThreads;
    private long mostHeap;

    @Test
    public void staysWithinItsThreadsAndSettlesAll() throws Exception {
        try (ModelServer server = ModelHost.server(this::turn)) {
            ModelHost.configure(host, server, "openai");
            ModelHost.chooseStore(host);
            host.configure("io.jobyard.worker", "async.jobs = " + CALLS);
            host.configure("io.jobyard.types-chat_completion", "timeout.seconds = 600");
            ModelHost.start(host);
            HostJvm jvm = HostJvm.of(host);
            warmUp();
            int idleThreads = jvm.threads();
            long idleHeap = jvm.usedKilobytesAfterGc();
            try (UrgentJobs urgent = new UrgentJobs(host)) {
                ModelHost.submit(host, 0, CALLS);
                long submitted = System.nanoTime();
                await().atMost(LONGEST).until(() -> begun.get() >= CALLS);
                System.out.printf("all calls had begun %d ms after the submit%n", millisSince(submitted));
                if (LOOKS) {
                    printHeapOfACall(jvm, idleHeap);
                }
                await().atMost(LONGEST)
                        .pollInterval(BETWEEN_LOOKS)
                        .pollDelay(Duration.ZERO)
                        .until(() -> {
                            look(jvm);
                            return chats("completed") == CALLS + 1;
                        });
                System.out.printf("all had completed %d ms after the submit%n", millisSince(submitted));
                print(urgent.waits());
            }
            check(server.account(), jvm, idleThreads);
        }
    }

    private void check(Account account, HostJvm jvm, int idleThreads) throws Exception {
        Charge charge = account.total(all -> true);
        double used = ModelHost.used(host, "tokens");
        System.out.printf(
                "%d calls of %d s with %d pieces a second: threads %d idle, %d at most; heap used %s MB at most, resident %s;"
                        + " %d tokens charged, %.0f used%n",
                CALLS,
                STREAM_SECONDS,
                PIECES_A_SECOND,
                idleThreads,
                mostThreads,
                LOOKS ? mostHeap / 1024 : "(not asked)",
                jvm.status("VmHWM"),
                charge.inputTokens() + charge.outputTokens(),
                used);
        assertThat(mostThreads).isLessThanOrEqualTo(idleThreads + FOR_ALL);
        assertThat(used).isEqualTo(charge.inputTokens() + charge.outputTokens());
        assertThat(account.charges()).hasSize(1 + CALLS + (CUTS ? (CALLS + 9) / 10 : 0));
    }

    /** Loads the classes and tables that the first job of each type needs, so that the idle heap includes them. */
    private void warmUp() throws Exception {
        host.json("job:submit echo {} --await");
        host.json("job:submit chat_completion '{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + FIRST
                + "\"}]}' --await");
    }

    private void look(HostJvm jvm) throws Exception {
        mostThreads = Math.max(mostThreads, jvm.threads());
        if (LOOKS) {
            mostHeap = Math.max(mostHeap, jvm.usedKilobytes());
        }
    }

    private void printHeapOfACall(HostJvm jvm, long idleHeap) throws Exception {
        int before = chats("running");
        look(jvm);
        long heap = jvm.usedKilobytesAfterGc();
        int after = chats("running");
        System.out.printf(
                "heap after a GC: %d KB idle, %d KB with %d to %d calls in flight, %.1f KB for each%n",
                idleHeap, heap, after, before, (heap - idleHeap) / Math.max(1.0, before));
    }

    private static void print(List<Double> waits) {
        System.out.printf(
                "%d urgent jobs: from submit to start p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                waits.size(),
                UrgentJobs.percentile(waits, 50),
                UrgentJobs.percentile(waits, 99),
                UrgentJobs.percentile(waits, 100));
    }

    private int chats(String status) throws Exception {
        return host.json("job:list --count --type chat_completion --status " + status)
                .get("total")
                .asInt();
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private Turn turn(SeenCall call) {
        if (call.prompt().equals(FIRST)) {
            return Turn.text("word");
        }
        begun.addAndGet(call.number() == 1 ? 1 : 0);
        Turn answer = ModelHost.stream(STREAM_SECONDS, PIECES_A_SECOND);
        return CUTS && call.prompt().endsWith("0") && call.number() == 1 ? answer.with(new Fault.Cut(CUT)) : answer;
    }
}
