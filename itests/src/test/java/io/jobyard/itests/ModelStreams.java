// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.Fault;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.SeenCall;
import io.jobyard.modelserver.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;

/**
 * Many calls at once that each stream for seconds: time, threads, heap, and what was settled. Run it by its name; {@code -Dcalls=200
 * -Dstream.seconds=10 -Dpieces=20}, pieces by second. Every tenth answer is cut off once, unless {@code -Dcut=false}.
 */
public class ModelStreams {

    private static final int CALLS = Integer.getInteger("calls", 200);
    private static final int STREAM_SECONDS = Integer.getInteger("stream.seconds", 10);
    private static final int PIECES_A_SECOND = Integer.getInteger("pieces", 20);
    private static final boolean CUTS = !"false".equals(System.getProperty("cut"));
    /** Threads of the host's own that a load needs: of its HTTP client, starters, readers and shell. */
    private static final int FOR_ALL = 48;

    private static final Pattern USED = Pattern.compile("garbage-first heap .*?used (\\d+)K");

    @Rule
    public final HostProcess host = new HostProcess();

    @Test
    public void staysWithinItsThreadsAndItsHeapAndSettlesAll() throws Exception {
        try (ModelServer server = ModelHost.server(ModelStreams::turn)) {
            ModelHost.configure(host, server, "openai");
            host.configure("io.jobyard.worker", "async.jobs = " + CALLS);
            host.configure("io.jobyard.types-chat_completion", "timeout.seconds = 600");
            host.run();
            long pid = host.process().orElseThrow().pid();
            int idleThreads = threads(pid);
            List<String> commands = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                commands.add(
                        "job:submit chat_completion '{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"number "
                                + i + "\"}]}'");
            }
            host.json(commands);
            long submitted = System.nanoTime();
            int mostThreads = 0;
            long mostHeap = 0;
            while (completed() < CALLS) {
                mostThreads = Math.max(mostThreads, threads(pid));
                mostHeap = Math.max(mostHeap, heapKilobytes(pid));
                Thread.sleep(1_000);
            }
            long millis = (System.nanoTime() - submitted) / 1_000_000;
            Charge charge = server.account().total(all -> true);
            System.out.printf(
                    "%d calls of %d s with %d pieces a second: completed within %d ms after the submit; threads %d idle, %d at most; heap used %d MB at most, resident %s;"
                            + " %d tokens charged, %.0f used%n",
                    CALLS,
                    STREAM_SECONDS,
                    PIECES_A_SECOND,
                    millis,
                    idleThreads,
                    mostThreads,
                    mostHeap / 1024,
                    status(pid, "VmHWM"),
                    charge.inputTokens() + charge.outputTokens(),
                    ModelHost.used(host, "tokens"));
            assertThat(mostThreads).isLessThanOrEqualTo(idleThreads + FOR_ALL);
            assertThat(mostHeap).isBetween(1L, 256L * 1024);
            assertThat(ModelHost.used(host, "tokens")).isEqualTo(charge.inputTokens() + charge.outputTokens());
            assertThat(server.account().charges()).hasSize(CALLS + (CUTS ? (CALLS + 9) / 10 : 0));
        }
    }

    private int completed() throws IOException, InterruptedException {
        return host.json("job:stats").at("/byStatus/completed").asInt();
    }

    private static Turn turn(SeenCall call) {
        Turn answer = Turn.text("word ".repeat(STREAM_SECONDS * PIECES_A_SECOND))
                .paced(Duration.ZERO, Duration.ofMillis(1_000 / PIECES_A_SECOND));
        return CUTS && call.prompt().endsWith("0") && call.number() == 1 ? answer.with(new Fault.Cut(20)) : answer;
    }

    private static int threads(long pid) throws IOException {
        return Integer.parseInt(status(pid, "Threads"));
    }

    private static String status(long pid, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private static long heapKilobytes(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        Matcher used = USED.matcher(HostProcess.run(new ProcessBuilder(jcmd, "" + pid, "GC.heap_info"))
                .out());
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }
}
