// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.rogue.Rogue;
import io.jobyard.store.postgres.FreePort;
import io.jobyard.store.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A handler that interrupts every thread of the process: no loop of the host ends by it, on either database. */
@Category(Storm.class)
public class InterruptIT {

    private static final int INTERRUPTS = 5;
    private static final int JOBS = 20;
    private static final String POOL = "jobyard-store-pool-1 ";

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    private int port;

    @Before
    public void configure() throws Exception {
        port = FreePort.next();
        host.configure("io.jobyard.http", "port = " + port);
        host.configure("io.jobyard.worker", "drain.timeout.seconds = 0");
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1");
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("rogue.jar"), Rogue.class, "com.acme.rogue", "1.0.0");
    }

    @Test
    public void anInterruptOfEveryThreadEndsNothingOnDerby() throws Exception {
        interruptsEndNothing();
    }

    @Test
    public void anInterruptOfEveryThreadEndsNothingOnPostgres() throws Exception {
        PostgresServer server = PostgresServer.shared();
        host.configure(
                "io.jobyard.store",
                "url = " + server.newSchema(),
                "user = " + PostgresServer.USER,
                "password = " + server.password(),
                "lease.seconds = " + SharedHost.LEASE.toSeconds());
        assertThat(interruptsEndNothing())
                .anyMatch(thread -> thread.startsWith("jobyard-store-lease-"))
                .anyMatch(thread -> thread.startsWith("jobyard-store-signals-"))
                .anyMatch(thread -> thread.startsWith("jobyard-store-follower-"));
    }

    /** Returns the threads that were there before and after. */
    private List<String> interruptsEndNothing() throws Exception {
        host.start();
        long process = host.process().orElseThrow().pid();
        assertThat(page()).isEqualTo(200);
        List<String> before = lasting(threads("before"));
        for (int time = 1; time <= INTERRUPTS; time++) {
            // The interrupt may cut the shell session that submits.
            host.jobyard("shell", "job:submit rogue '{\"how\":\"interrupt all\"}' --key " + time);
            int submitted = time;
            await().atMost(TIMEOUT).until(() -> completed() == 1 + submitted);
        }
        jobsEndAsUsual();
        assertThat(page()).isEqualTo(200);
        assertThat(threads("after")).containsAll(before);
        assertThat(host.json("job:doctor").findValuesAsText("problem")) // Config Admin's own thread has ended
                .anyMatch(problem -> problem.startsWith("changes in etc/ have no effect"));
        assertThat(host.process().orElseThrow().pid()).isEqualTo(process);
        host.stop();
        return before;
    }

    private void jobsEndAsUsual() throws Exception {
        String parent = submit("sleep {\"millis\":200}");
        String child = submit("echo {} --depends " + parent + " --after 2s");
        String late = submit("sleep {\"millis\":60000} --timeout 1 --retries 1");
        List<String> many = new ArrayList<>();
        host.json("job:submit echo {} --times " + JOBS).get("ids").forEach(id -> many.add(id.asText()));
        for (String id : many) {
            assertThat(end(id).get("status").asText()).isEqualTo("completed");
        }
        assertThat(end(child).get("status").asText()).isEqualTo("completed");
        assertThat(end(late).get("reason").asText()).isEqualTo("timeout");
    }

    private long completed() throws Exception {
        return host.jobyard("shell", "job:list --type rogue --status completed --json")
                        .out()
                        .split("\"completed\"", -1)
                        .length
                - 1;
    }

    private List<String> threads(String key) throws Exception {
        JsonNode job = end(submit("rogue '{\"how\":\"threads\"}' --key " + key));
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("completed");
        return StreamSupport.stream(job.at("/result/threads").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /**
     * Without those that end by themselves: of shell sessions, which end with their client (the first one takes the
     * connections), and of the pool of connections, whose connecting threads end after 5 s without work. The first one of
     * the pool looks after it.
     */
    private static List<String> lasting(List<String> threads) {
        String pool = threads.stream()
                .filter(thread -> thread.startsWith(POOL))
                .min(Comparator.comparing(thread -> Long.valueOf(thread.substring(POOL.length()))))
                .orElseThrow();
        return threads.stream()
                .filter(thread -> !thread.startsWith("jobyard-shell-") || thread.startsWith("jobyard-shell-1 "))
                .filter(thread -> !thread.startsWith(POOL) || thread.equals(pool))
                .toList();
    }

    private int page() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private JsonNode end(String id) throws Exception {
        return host.json("job:await " + id + " " + TIMEOUT.toSeconds());
    }

    private String submit(String job) throws Exception {
        return host.json("job:submit " + job).get("id").asText();
    }
}
