// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobSample;
import io.jobyard.api.JobSignal;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.RunUse;
import io.jobyard.api.SampledCount;
import io.jobyard.spi.WebAddress;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.FieldType;
import io.jobyard.views.api.View;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command's answer to the letter, for people and as JSON. Programs read the latter: it does not change by accident. */
class AnswersTest {

    private static final Path ANSWERS = Path.of("src", "test", "resources", "answers.txt");

    @TempDir
    Path directory;

    private TestShell shell;
    private final StringBuilder answers = new StringBuilder();
    private final Map<String, Set<View<?>>> seen = new TreeMap<>();

    @BeforeEach
    void open() throws Exception {
        shell = new TestShell(directory);
        Files.writeString(directory.resolve("two.jsonl"), """
                {"type":"echo","payload":{},"dependencies":["b"]}
                {"type":"none","payload":{},"name":"b","timeout":"2m","labels":{"a":"b"}}
                """);
        Files.writeString(directory.resolve("long.jsonl"), "{\"type\":\"echo\",\"payload\":{},\"timeout\":\"5x\"}");
        Files.writeString(directory.resolve("wrong.jsonl"), "{\"type\":\"echo\",\"payload\":{},\"labels\":{\"a\":1}}");
    }

    @Test
    void everyAnswerStaysAsItIs() throws Exception {
        jobs();
        changes();
        steps();
        schedules();
        host();
        signIns();
        errors();
        String all = answers.toString()
                .replace(directory.toRealPath().toString(), "DIR")
                .replace(directory.toString(), "DIR")
                .replaceAll("\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "MM-DD HH:MM:SS");
        if (Boolean.getBoolean("jobyard.docs.write")) {
            Files.writeString(ANSWERS, all);
        }
        assertThat(all).isEqualTo(Files.readString(ANSWERS));
        Commands.ALL.forEach(words -> assertThat(seen.getOrDefault(words.function(), Set.of()))
                .as("the answers of %s", words.function())
                .containsAll(words.views().apply(shell.host.operations())));
    }

    private void jobs() throws Exception {
        ask("submit", "echo", "{\"a\":[1,2.5,\"\\u001b\"]}", "--label", "a=b", "--queue", "llm", "--key", "twice");
        ask("submit", "slow", "{}", "--depends", "1", "--after", "5m", "--expires", "1h", "--limits", "openai");
        ask(
                "submit",
                "bad",
                "{}",
                "--estimate",
                "tokens=800",
                "--handler-version",
                "[1,2)",
                "--retries",
                "0",
                "--depends=1:run,2");
        ask("submit", "unknown", "{}", "--times", "2");
        ask("submit", "echo", "{}", "--dry-run");
        ask("submit", "bad", "{}", "--dry-run");
        ask("submit", "--batch", "two.jsonl", "--await");
        ask("submit", "bad", "{}", "--await");
        for (String id : List.of("1", "3", "5")) {
            ask("show", id);
            ask("result", id);
        }
        ask("list");
        ask("list", "--pending");
        ask("list", "--limit", "2", "--type", "echo", "--label", "a=it's", "--since", "2h");
        shell.jobs.found = new JobPage(List.of(), shell.jobs.resolve("1"), FakeJobs.CREATED, null);
        ask("list", "--limit", "2");
        shell.jobs.found = null;
        ask("list", "--count", "--status", "queued");
        ask("list", "--facets", "--reason", "rate-limited");
        ask("history", "1");
        ask("history", "1", "--stack");
        ask("log", "1");
        ask("explain", "1");
        ask("await", "1");
        ask("await", "3", "0");
        ask("canary");
        shell.jobs.canaries.add(new CanaryStatus(
                "echo",
                new CanaryStatus.CanaryShare("[1.3.0,1.4.0)", 5, "submitter"),
                FakeJobs.CREATED.plusSeconds(90),
                FakeJobs.CREATED,
                Duration.ofHours(1),
                new CanaryStatus.Runs(40, 12),
                new CanaryStatus.Runs(900, 9)));
        ask("canary");
        ask("group", "night");
        ask("group", "day", "--submitter", "bob");
        ask("samples");
        shell.jobs.samples.add(new JobSample(
                FakeJobs.CREATED.minusSeconds(60),
                List.of(new SampledCount("default", "echo", 12, 3, 1), new SampledCount(null, null, 2, 0, 0))));
        ask("samples", "--since", "2h");
        ask("samples", "--step", "hour");
        ask("samples", "--step", "day");
        ask("usage", "--by", "type,model");
        shell.jobs.uses.add(new RunUse(
                new RunUse.MeteredRun(
                        shell.jobs.resolve("1"),
                        1,
                        FakeJobs.CREATED.minusSeconds(60),
                        "ann",
                        "echo",
                        "gpt",
                        Map.of("team", "blue")),
                "tokens",
                812.5,
                800.0));
        ask("usage", "--by", "type,model", "--per", "week");
        ask("show", "1");
        ask("export", "--what", "usage");
        ask("export", "--what", "jobs");
        ask("export", "--what", "history");
        ask("export", "--what", "events", "--after", "1-40-1");
        ask("export", "--what", "cursor");
        ask("export", "--what", "audit", "--since", "2026-11-25T08:00:00Z");
        shell.jobs.changes.add(new HistoryEvent(
                FakeJobs.CREATED,
                "ann",
                JobStatus.QUEUED,
                JobStatus.RUNNING,
                Reason.RETRY,
                new HistoryEvent.HistoryRun("h", 1, 2, new HandlerName("com.acme.words 1.2.0", "1.2.0")),
                ""));
        ask("history", "1");
    }

    private void changes() throws Exception {
        ask("cancel", "3");
        ask("cancel", "3", "1", "99");
        ask("retry", "5");
        shell.jobs.dependents.add(shell.jobs.resolve("5"));
        ask("retry", "5");
        ask("retry", "5", "1", "--with-dependents");
        ask("change", "3", "--priority", "2", "--queue", "none", "--label", "x=", "--after", "0s", "--limits", "none");
        ask("change", "3");
        ask("cancel", "--status", "queued", "--type", "echo", "--dry-run");
        ask("retry", "--status", "failed", "--label", "a=b", "--since", "2h");
        ask("change", "--in-queue", "llm", "--with-label", "a=b", "--queue", "other", "--timeout", "30");
        ask("change", "--in-queue", "llm", "--queue", "other", "--dry-run");
        ask("retry", "--status", "failed", "--dry-run");
        ask("cancel", "--submitter", "ann");
        ask("cancel");
        ask("cancel", "3", "--status", "queued");
        ask("run-now", "3");
        ask("run-now", "--reason", "retry");
        ask("run-now", "--reason", "retry", "--dry-run");
        ask("delete", "--until", "30d", "--status", "completed");
        ask("delete", "--until", "30d", "--status", "completed", "--dry-run");
        ask("bulk");
        ask("bulk", "7");
        ask("bulk", "7", "--stop");
        ask("clone", "1", "--priority", "2", "--label", "a=c");
        ask("fork", "1", "--from", "send");
        ask("fork", "1");
        ask("pause", "llm", "--reason", "why", "--until", "2026-11-26T08:00:00Z");
        ask("pause", "other");
        ask("pause", "type:echo", "--reason", "too dear");
        ask("pause", "all");
        ask("pause", "--job", "2", "--reason", "too dear");
        ask("pause", "--job", "2", "all");
        ask("resume", "--job", "2");
        ask("resume", "--job", "3");
        ask("pause", "user:bob", "limit:openai");
        ask("pause");
        ask("resume", "type:echo");
        ask("resume", "all");
        ask("resume", "llm");
        ask("resume", "nobodys");
        told("pause", "llm");
        told("resume", "llm", "--json");
        ask("release", "com.acme.words");
        ask("hosts");
        ask("drain");
        ask("drain", "--end");
    }

    private void steps() throws Exception {
        shell.call("submit", "slow", "{}");
        String id = Integer.toHexString(shell.jobs.submitted.size());
        shell.jobs.worksInSteps(shell.jobs.resolve(id));
        shell.jobs.worksInSteps(shell.jobs.resolve("5"));
        shell.jobs.signals.add(new JobSignal("stop", FakeJobs.CREATED, "bob"));
        shell.jobs.emit(1, "Hel");
        shell.jobs.emit(1, "lo\u001b");
        shell.jobs.emit(2, "again\n");
        ask("show", id);
        ask("result", id, "--step", "fetch");
        ask("result", id, "--step", "sleep 1");
        ask("result", id, "--step", "fecth");
        ask("signal", id, "go", "{\"by\":\"ann\"}");
        ask("signal", id, "go");
        ask("signal", id, "go", "yes");
        ask("signal", id, "many");
        ask("signal", "1", "go");
        ask("callback", "a.secret", "[1]");
        ask("callback", "a.secret", "--fail", "it is closed");
        ask("callback", "nothing");
        ask("retry", "5", "--from", "fetch");
        ask("retry", "5", "--from", "fecth");
        ask("stream", id);
        ask("stream", id, "--from", "3");
        ask("stream", "1", "--follow", "--from", "2");
        ask("log", "1", "--follow");
    }

    private void schedules() throws Exception {
        told("schedules");
        ask(
                "schedule",
                "add",
                "nightly",
                "--cron",
                "0 2 * * *",
                "--zone",
                "Asia/Kolkata",
                "--type",
                "echo",
                "--payload",
                "{\"a\":1}");
        ask("schedule", "add", "often", "--every", "90s", "--type", "echo", "--missed", "all:3", "--overlap", "queue");
        ask("schedule", "add", "after", "--delay", "2h", "--type", "slow", "--jitter", "500ms", "--as", "bob");
        ask("schedule", "change", "often", "--every", "1d", "--start", "2026-11-26T08:00:00Z");
        ask("limit", "set", "gpu", "running.max=2", "rate.requests=60/m burst 10");
        ask("queue", "set", "bulk", "types=a*,b");
        ask("limit", "remove", "gpu");
        ask("queue", "remove", "bulk");
        ask("queue", "remove", "other");
        ask("limit", "set", "gpu");
        ask("limit", "set", "gpu", "running.max");
        ask("limit", "remove", "gpu", "running.max=");
        ask("limit", "sett", "gpu", "running.max=2");
        ask("schedule", "pause", "often", "--reason", "why", "--until", "2026-11-26T08:00:00Z");
        ask("schedule", "pause", "nightly");
        ask("schedules");
        ask("schedule", "resume", "often");
        ask("schedule", "run", "often");
        ask("schedule", "preview", "nightly", "2");
        ask("schedule", "backfill", "nightly", "--from", "1d", "--to", "1h");
        ask("schedule", "remove", "after");
        ask("schedule", "add", "typeless", "--every", "90s");
        ask("schedule", "change", "none");
        ask("schedule", "backfill", "nightly");
        ask("schedule", "pasue", "nightly");
        ask("schedule", "add", "x", "--zone", "Mars", "--type", "echo");
        ask("schedule", "add", "x", "--cron", "@daily", "--every", "5m", "--type", "echo");
    }

    private void signIns() throws Exception {
        shell.input = "four words and more";
        ask("user", "list");
        ask("user", "add", "ann");
        ask("user", "add", "eve");
        ask("user", "password", "ann");
        ask("user", "disable", "ann");
        ask("user", "enable", "ann");
        shell.input = "";
        ask("user", "add", "eve");
        ask("user", "add");
        ask("user", "ad", "eve");
        ask("token", "create", "ci", "--user", "ann", "--permissions", "submit,view:all", "--expires", "30d");
        ask("token", "create", "ci", "--user", "ann", "--permissions", "all");
        ask("token", "create", "--user", "ann");
        ask("token", "list");
        ask("token", "list", "--user", "bob");
        ask("token", "revoke", "ci", "--user", "ann");
        ask("token", "revoke", "none", "--user", "ann");
        ask("token", "make", "ci");
        ask("session", "list");
        ask("session", "revoke", "0123456789abcdef");
        ask("session", "revoke");
        shell.identities.sessions = List.of();
        ask("session", "list");
        ask("console");
        shell.services.put(WebAddress.class, (WebAddress) () -> URI.create("http://127.0.0.1:8080"));
        ask("console");
    }

    private void host() throws Exception {
        ask("stats");
        ask("queues");
        ask("limits");
        ask("handlers");
        ask("handlers", "--type", "echo");
        ask("handlers", "--type", "else");
        ask("doctor");
        ask("config");
        ask("config", "worker");
        ask("config", "limits");
        Files.writeString(directory.resolve("io.jobyard.roles-operators.cfg"), "members = user:eve");
        Files.writeString(directory.resolve("draft.txt"), "running.max = 3");
        Files.writeString(directory.resolve("bad.cfg"), "no.such.key");
        ask("config", "check", "io.jobyard.roles-operators.cfg");
        ask("config", "check", "draft.txt", "--pid", "limits-openai");
        ask("config", "check", "draft.txt", "--pid", "io.jobyard.types-echo");
        ask("config", "check", "bad.cfg", "--pid", "worker");
        ask("config", "log");
        ask("config", "log", "nobodys");
        ask("config", "rollback", "worker", "--to", "0000beef-3");
        ask("audit");
        ask("audit", "--who", "nobody");
        ask("audit", "--verify");
        shell.audit.problem = "row 7 is missing";
        ask("audit", "--verify");
        ask("purge");
        ask("purge", "--dry-run");
        ask("backup", "copy");
        ask("check");
        ask("compact");
        told("help");
        ask("help", "release");
    }

    private void errors() throws Exception {
        ask("show", "77");
        ask("show", "--x");
        ask("show");
        ask("show", "1", "2");
        ask("await", "1", "-1");
        ask("submit");
        ask("submit", "echo");
        ask("submit", "echo", "[]");
        ask("submit", "echo", "{\"a\":1e400}");
        ask("submit", "echo", "{\"a\"");
        ask("submit", "echo", "{}", "--priority", "11");
        ask("submit", "echo", "{}", "--priority", "x");
        ask("submit", "echo", "{}", "--after", "5x");
        ask("submit", "echo", "{}", "--estimate", "tokens=x");
        ask("submit", "echo", "{}", "--file", "none.json");
        ask("submit", "echo", "{}", "--times", "0");
        ask("submit", "--batch", "wrong.jsonl");
        ask("submit", "--batch", "long.jsonl");
        ask("submit", "--batch", "two.jsonl", "--priority", "1");
        ask("list", "--since", "x");
        ask("list", "--pending", "--type", "x");
        ask("list", "--status", "gone");
        ask("audit", "--limit", "0");
        ask("export", "--what", "all");
        ask("export", "--what", "jobs", "--after", "1-2");
        ask("config", "nobodys");
        ask("help", "submti");
        ask("backup", " ");
    }

    /** The reference says of each command which views it answers with. */
    private void isDeclared(String command, String document) throws Exception {
        JsonNode answer = new ObjectMapper().readTree(document);
        List<View<?>> fitting = Commands.ALL.stream()
                .filter(words -> words.function().equals(command))
                .flatMap(words -> Stream.concat(
                        words.views().apply(shell.host.operations()).stream(), Stream.of(ErrorView.ERROR)))
                .filter(view -> fits(view, answer))
                .toList();
        assertThat(fitting).as("%s answers %s", command, document).hasSize(1);
        assertThat(misfits(fitting.get(0), answer))
                .as("%s answers %s", command, document)
                .isEmpty();
        seen.computeIfAbsent(command, name -> new HashSet<>()).addAll(fitting);
    }

    private static boolean fits(View<?> view, JsonNode node) {
        List<String> fields = new ArrayList<>();
        node.fieldNames().forEachRemaining(fields::add);
        return view.fields().stream().map(View.ViewField::name).toList().equals(fields)
                && view.fields().stream()
                        .filter(field -> field.view() != null)
                        .allMatch(field -> fits(field, node.get(field.name())));
    }

    private static boolean fits(View.ViewField<?> field, JsonNode value) {
        return within(field, value).allMatch(each -> fits(field.view(), each));
    }

    private static Stream<JsonNode> within(View.ViewField<?> field, JsonNode value) {
        if (field.type() != FieldType.ONE) {
            return StreamSupport.stream(value.spliterator(), false);
        }
        return value.isNull() ? Stream.of() : Stream.of(value);
    }

    /** The plain fields whose values are not of their types, those within too. */
    private static List<String> misfits(View<?> view, JsonNode node) {
        return view.fields().stream()
                .flatMap(field -> field.view() == null
                        ? isOfItsType(field, node.get(field.name()))
                                ? Stream.of()
                                : Stream.of(view.name() + "." + field.name())
                        : within(field, node.get(field.name())).flatMap(each -> misfits(field.view(), each).stream()))
                .toList();
    }

    private static boolean isOfItsType(View.ViewField<?> field, JsonNode value) {
        if (value.isNull()) {
            return field.nullable();
        }
        return switch (field.type()) {
            case TEXT ->
                value.isTextual() && (field.among().isEmpty() || field.among().contains(value.asText()));
            case INSTANT -> Instant.parse(value.asText()) != null;
            case WHOLE -> value.isIntegralNumber();
            case NUMBER -> value.isNumber();
            case FLAG -> value.isBoolean();
            case TEXTS -> value.isArray() && all(value, JsonNode::isTextual);
            case COUNTS -> value.isObject() && all(value, JsonNode::isIntegralNumber);
            case NUMBERS_BY_NAME -> value.isObject() && all(value, JsonNode::isNumber);
            case TEXTS_BY_NAME -> value.isObject() && all(value, JsonNode::isTextual);
            case OBJECT -> value.isObject();
            case JSON, ONE, LIST, MAP -> true;
        };
    }

    private static boolean all(JsonNode values, Predicate<JsonNode> test) {
        return StreamSupport.stream(values.spliterator(), false).allMatch(test);
    }

    private void ask(String... words) throws Exception {
        told(words);
        List<String> asJson = new ArrayList<>(List.of(words));
        asJson.add("--json");
        told(asJson.toArray(String[]::new));
    }

    private void told(String... words) throws Exception {
        TestShell.Answer answer =
                shell.call(words[0], List.of(words).subList(1, words.length).toArray(String[]::new));
        answers.append("$ ").append(String.join(" ", words)).append('\n').append(answer.out());
        if (words[words.length - 1].equals("--json")) {
            for (String document : answer.out().lines().toList()) {
                isDeclared(words[0], document);
            }
        }
        answer.err().lines().forEach(line -> answers.append("! ").append(line).append('\n'));
        answers.append(answer.exit() == 0 ? "" : "exit " + answer.exit() + "\n").append('\n');
    }
}
