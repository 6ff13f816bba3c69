// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.doubles.FakeJobContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A handler in an instance of its own, with commands that a test writes down. Each run is of a new job. */
final class ExecFixture {

    static final String NAME = "c1";

    final FakeInstance instance;
    final CommandRegistry registry = new CommandRegistry();
    final Command handler;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the latest run. */
    FakeJobContext context = new FakeJobContext(Map.of());

    /** What runs have of secrets, by their names. */
    final Map<String, String> secrets = new HashMap<>();

    private int jobs;

    ExecFixture(Path directory) {
        this(directory, Duration.ofMinutes(1));
    }

    /** {@code grace}: how long a process may take to end after it was asked to. */
    ExecFixture(Path directory, Duration grace) {
        this(directory, grace, MachineContainments::choose);
    }

    /** {@code chooser}: which containment it uses. */
    ExecFixture(Path directory, Duration grace, CommandExecution.Chooser chooser) {
        instance = new FakeInstance(directory);
        handler = new Command(registry, instance, grace, chooser);
    }

    /** Writes the command down as JSON. Further keys and values follow. */
    ExecFixture command(List<String> line, String... keys) throws Exception {
        return configure(JSON.writeValueAsString(line), keys);
    }

    ExecFixture configure(String command, String... keys) {
        Map<String, Object> raw = new HashMap<>();
        raw.put("service.pid", CommandSettings.FACTORY + "~" + NAME);
        raw.put("command", command);
        for (int i = 0; i < keys.length; i += 2) {
            raw.put(keys[i], keys[i + 1]);
        }
        registry.bindCommand(new ConfiguredCommand(instance, raw));
        return this;
    }

    /** The command of a script for the shell, which a test needs to begin processes. */
    ExecFixture script(String script, String... keys) throws Exception {
        return command(List.of("/bin/sh", "-c", script), keys);
    }

    Map<String, Object> run(Map<String, Object> payload) throws Exception {
        Map<String, Object> whole = new HashMap<>(payload);
        whole.putIfAbsent("command", NAME);
        context = new FakeJobContext(whole);
        context.job = job(new JobId(new UUID(0, ++jobs)));
        context.secrets.putAll(secrets);
        CommandResult result = handler.handle(context.payload(CommandPayload.class), context);
        return JSON.convertValue(result, new TypeReference<Map<String, Object>>() {});
    }

    Map<String, Object> run() throws Exception {
        return run(Map.of());
    }

    private static Job job(JobId id) {
        JobTerms terms = new JobTerms(
                "command",
                new JobTerms.RoutingTerms(null, 5, null),
                new JobTerms.RunRules(Duration.ofSeconds(60), 3),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, null),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(List.of(), Map.of()));
        JobState state = new JobState(
                JobStatus.RUNNING,
                null,
                Instant.EPOCH,
                null,
                null,
                new JobState.RunState(1, 1, null, "here", null, null));
        return new Job(id, "ann", Instant.EPOCH, terms, state);
    }
}
