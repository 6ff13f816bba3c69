// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobType;
import io.jobyard.client.JobHandle;
import io.jobyard.client.JobyardClient;
import io.jobyard.client.JobyardClientException;
import io.jobyard.client.RemoteJob;
import io.jobyard.client.RemoteQuery;
import io.jobyard.itests.HostProcess.Outcome;
import io.jobyard.store.postgres.FreePort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A host as applications elsewhere see it, by the client for Java. */
public class JavaClientIT {

    /** What the job type {@code echo} gives back. */
    public record Text(String text) {}

    private static final JobType<Text, Text> ECHO = JobType.of("echo", Text.class, Text.class);

    private static final Duration LONG = Duration.ofMinutes(3);

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    private int port;
    private Path token;

    @Before
    public void start() throws Exception {
        port = FreePort.next();
        host.configure("io.jobyard.http", "port = " + port);
        host.configure("io.jobyard.roles-shop", "members = user:ann", "permissions = submit, view");
        host.run();
        Path typed = Files.writeString(host.instance().resolve("typed"), "four words and more\n");
        Outcome added = HostProcess.run(jobyard("--instance", host.instance().toString(), "user", "add", "ann")
                .redirectInput(typed.toFile()));
        assertThat(added.exit()).as(added.err()).isZero();
        token = Files.writeString(
                host.instance().resolve("token"),
                host.json("job:token create shop --user ann").get("secret").asText());
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    public void aHostIsUsedFromElsewhere() throws Exception {
        try (JobyardClient jobs = client(port)) {
            JobHandle<Text> job = jobs.submit(ECHO, new Text("hello"), with -> with.label("run", "night"));
            String id = job.id().join();
            assertThat(job.result().get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Text("hello"));
            assertThat(jobs.list(RemoteQuery.all().label("run", "night")).map(RemoteJob::id))
                    .containsExactly(id);
            assertThat(jobs.history(id).join())
                    .extracting(change -> change.to())
                    .containsExactly("queued", "running", "completed");
            List<String> seen = new ArrayList<>();
            jobs.events("start", event -> {
                        seen.add(event.status());
                        return !event.status().equals("completed");
                    })
                    .get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(seen).containsExactly("queued", "running", "completed");
            JobHandle<?> refused = jobs.submit(
                    JobSpecification.type("").payload(new Text("hello")).build());
            assertThatThrownBy(() -> refused.id().join())
                    .cause()
                    .asInstanceOf(InstanceOfAssertFactories.type(JobyardClientException.class))
                    .extracting(JobyardClientException::code)
                    .isEqualTo("validation");

            awaitsOverAKill(jobs);
        }
        submitsOnceThoughTheAnswerIsLost();
    }

    private void awaitsOverAKill(JobyardClient jobs) throws Exception {
        String id = jobs.submit(JobSpecification.type("sleep")
                        .payload(Map.of("millis", 3_000))
                        .build())
                .id()
                .join();
        await().atMost(LONG).until(() -> jobs.job(id).join().status().equals("running"));
        CompletableFuture<RemoteJob> end = jobs.await(id).orTimeout(LONG.toSeconds(), TimeUnit.SECONDS);
        host.kill();
        host.run();
        assertThat(end.get().status()).isEqualTo("completed");
        assertThat(end.get().run()).isEqualTo(2);
    }

    private void submitsOnceThoughTheAnswerIsLost() throws Exception {
        try (CutAnswer between = new CutAnswer(port);
                JobyardClient jobs = client(between.port())) {
            String id = jobs.submit(ECHO, new Text("once"), with -> with.label("run", "once"))
                    .id()
                    .join();
            assertThat(between.connections.get()).isEqualTo(2);
            assertThat(host.json("job:list --label run=once").get("jobs"))
                    .extracting(job -> job.get("id").asText())
                    .containsExactly(id);
        }
    }

    private JobyardClient client(int at) {
        return JobyardClient.builder(URI.create("http://127.0.0.1:" + at))
                .tokenFile(token)
                .build();
    }

    private static ProcessBuilder jobyard(String... words) {
        List<String> command =
                new ArrayList<>(List.of(Program.HOME.resolve("bin/jobyard").toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }
}
