// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.rest.RestServer.Answered;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.running.Outcome;
import io.jobyard.views.api.RequestFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobRoutesTest {

    private static final String ECHO = "{\"type\": \"echo\", \"payload\": {\"text\": \"hi\"}}";

    private static RestFixture host;

    @BeforeAll
    static void begin() {
        host = new RestFixture();
    }

    @AfterAll
    static void end() {
        host.close();
    }

    @BeforeEach
    void askAsAnn() {
        host.server.as(Caller.user("ann"));
    }

    @Test
    void aSubmittedJobIsFoundWhereTheAnswerSays() {
        Answered stored = host.server.post("/jobs", ECHO);
        assertThat(stored.status()).isEqualTo(201);
        String id = String.valueOf(stored.json().get("id"));
        assertThat(stored.header("Location")).isEqualTo("/api/v1/jobs/" + id);
        assertThat(host.server.get("/jobs/" + id).json())
                .containsEntry("status", "queued")
                .containsEntry("submitter", "ann")
                .containsEntry("payload", Map.of("text", "hi"));
    }

    @Test
    void theKeyOfAJobGivesTheSameJobAgain() {
        String keyed = "{\"type\": \"echo\", \"payload\": {\"text\": \"hi\"}, \"key\": \"one\"}";
        Answered first = host.server.post("/jobs", keyed);
        Answered again = host.server.post("/jobs", keyed);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).containsEntry("id", first.json().get("id")).containsEntry("duplicate", true);
    }

    @Test
    void timesHaveAnyOffset() {
        host.server.as(Caller.administrator("root"));
        for (String since : List.of(
                "2029-12-31T23:00:00Z",
                "2030-01-01T01:00:00%2B02:00",
                "2030-01-01T01:00:00+02:00",
                "2029-12-31T18:30-04:30")) {
            assertThat(host.server.get("/jobs?limit=1&since=" + since).status())
                    .as(since)
                    .isEqualTo(200);
        }
        Answered later = host.server.post(
                "/jobs",
                "{\"type\": \"echo\", \"payload\": {\"text\": \"hi\"}, \"notBefore\": \"2031-01-01T01:00:00+01:00\"}");
        assertThat(host.server.get("/jobs/" + later.json().get("id")).json())
                .containsEntry("notBefore", "2031-01-01T00:00:00.000000Z");
        assertThat(host.server.get("/jobs?since=2029-12-31T23:00:00").status()).isEqualTo(400);
    }

    @Test
    void aDryRunStoresNothing() {
        long before = total();
        Answered preview = host.server.post("/jobs/preview", ECHO);
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.json()).containsEntry("valid", true);
        assertThat(total()).isEqualTo(before);
    }

    private static long total() {
        return ((Number) host.server.get("/jobs/facets").json().get("total")).longValue();
    }

    @Test
    void aWordThatNobodyKnowsIsNamedWithTheNearest() {
        Answered refused = host.server.post("/jobs", "{\"type\": \"echo\", \"payload\": {}, \"prioritty\": 1}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json())
                .containsEntry("code", "validation")
                .containsEntry("field", "prioritty")
                .containsEntry("message", "unknown field 'prioritty' (did you mean 'priority'?)");
        assertThat(host.server.get("/jobs?statu=failed").json())
                .containsEntry("title", "Invalid request")
                .containsEntry("field", "statu")
                .containsEntry("message", "unknown field 'statu' (did you mean 'status'?)")
                .hasEntrySatisfying("fix", fix -> assertThat(fix.toString()).startsWith("use status"));
    }

    @Test
    void aProblemHasThePathOfWhatIsWrong() {
        String wrong = "{\"type\": \"echo\", \"payload\": {}, \"priority\": \"high\"}";
        String fourth = ECHO + "," + ECHO + "," + ECHO + "," + wrong;
        assertField(host.server.post("/jobs", wrong), "priority");
        assertField(host.server.post("/jobs/batch", "{\"jobs\": [" + fourth + "]}"), "jobs[3].priority");
        assertField(host.server.post("/jobs/batch", "{\"jobs\": [" + wrong + "]}"), "jobs[0].priority");
        assertField(lines(fourth.replace("},{", "}\n\n{")), "jobs[3].priority");
        String late = ECHO.replaceFirst(",", ", \"priority\": 99,");
        assertField(host.server.post("/jobs/batch", "{\"jobs\": [" + ECHO + "," + late + "]}"), "jobs[1].priority");
        assertField(host.server.post("/jobs/batch", "{\"jobs\": [" + late + "]}"), "jobs[0].priority");
        String job = "{\"type\": \"echo\", \"payload\": {}, \"labels\": {\"tenant\": 7}}";
        assertField(
                host.server.post("/schedules", "{\"name\": \"s\", \"every\": \"5m\", \"job\": " + job + "}"),
                "job.labels.tenant");
        assertField(
                host.server.post("/schedules", "{\"name\": \"s\", \"every\": \"often\", \"job\": " + ECHO + "}"),
                "every");
        assertField(host.server.post("/bulk/preview", "{\"action\": \"eat\", \"filter\": {}}"), "action");
        String bulk = "{\"action\": \"change\", \"filter\": %s, \"change\": %s}";
        assertField(host.server.post("/bulk/preview", bulk.formatted("{\"status\": \"lost\"}", "{}")), "filter.status");
        String labels = bulk.formatted("{\"type\": \"echo\"}", "{\"labels\": {\"a\": 7}}");
        assertField(host.server.post("/bulk/preview", labels), "change.labels.a");
        JobId id = host.submit("ann", "echo");
        assertField(host.server.send("PATCH", "/jobs/" + id, "{\"labels\": {\"a.b\": 7}}"), "labels[\"a.b\"]");
        String depends = "{\"type\": \"echo\", \"payload\": {}, \"dependencies\": [\"" + id + "\", {\"id\": \"" + id
                + "\", \"ifFails\": \"x\"}]}";
        assertField(host.server.post("/jobs", depends), "dependencies[1].ifFails");
        for (String query :
                List.of("limit=many", "since=once", "status=lost", "label=x", "statuss=failed", "order=any")) {
            assertField(host.server.get("/jobs?" + query), query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void aProblemThatTheSchedulerFindsHasItsPath() {
        String job = "{\"type\": \"echo\", \"payload\": {}, %s}";
        Map.of(
                        "\"queue\": \"a b\"", "queue",
                        "\"expires\": \"2020-01-01T00:00:00Z\"", "expires",
                        "\"handlerVersion\": \"x\"", "handlerVersion",
                        "\"labels\": {\"a.b\": \"\"}", "labels[\"a.b\"]",
                        "\"limits\": [\"a b\"]", "limits",
                        "\"estimate\": {\"tokens\": -1}", "estimate.tokens",
                        "\"keyPolicy\": \"replace\"", "keyPolicy",
                        "\"endsGroup\": \"a b\"", "endsGroup")
                .forEach((part, field) -> assertField(host.server.post("/jobs", job.formatted(part)), field));
        String typeless = "{\"type\": \"a b\", \"payload\": {}}";
        assertField(host.server.post("/jobs", typeless), "type");
        assertField(host.server.post("/jobs/batch", "{\"jobs\": [" + ECHO + "," + typeless + "]}"), "jobs[1].type");
        String schedule = "{\"name\": \"%s\", \"cron\": \"%s\", \"job\": %s}";
        assertField(host.server.post("/schedules", schedule.formatted("s", "0 0 30 2 *", ECHO)), "cron");
        assertField(host.server.post("/schedules", schedule.formatted("s", "often", ECHO)), "cron");
        assertField(host.server.post("/schedules", schedule.formatted("a b", "@daily", ECHO)), "name");
        assertField(host.server.post("/schedules", schedule.formatted("s", "@daily", typeless)), "job.type");
        String unknown = "{\"type\": \"echo\", \"payload\": {\"a\": \"${x}\"}}";
        assertField(host.server.post("/schedules", schedule.formatted("s", "@daily", unknown)), "job.payload");
        String many = "[" + manyTexts(21) + "]";
        String bulk = "{\"action\": \"cancel\", \"filter\": {\"%s\": %s}}";
        assertField(host.server.post("/bulk/preview", bulk.formatted("type", many)), "filter.type");
        assertField(host.server.post("/bulk/preview", bulk.formatted("queue", "\"\"")), "filter.queue");
        assertField(host.server.post("/bulk", bulk.formatted("error", "\"\"")), "filter.error");
    }

    private static String manyTexts(int count) {
        return IntStream.range(0, count).mapToObj(n -> "\"t" + n + "\"").collect(Collectors.joining(","));
    }

    @Test
    void eachFaultOfAPayloadHasItsPath() {
        host.handlers.problems.add(new FieldProblem("payload.mail.to", "to in /mail is required for echo jobs"));
        host.handlers.problems.add(new FieldProblem("payload.mails[2]", "payload /mails/2 is refused"));
        try {
            assertThat(fields(host.server.post("/jobs", ECHO))).containsExactly("payload.mail.to", "payload.mails[2]");
            assertThat(fields(host.server.post("/jobs/batch", "{\"jobs\": [" + ECHO + "," + ECHO + "]}")))
                    .containsExactly("jobs[0].payload.mail.to", "jobs[0].payload.mails[2]");
            assertThat(fields(host.server.post("/jobs/batch", "{\"jobs\": [" + ECHO + "]}")))
                    .containsExactly("jobs[0].payload.mail.to", "jobs[0].payload.mails[2]");
        } finally {
            host.handlers.problems.clear();
        }
    }

    private static void assertField(Answered refused, String field) {
        assertThat(refused.status()).as(refused.json().toString()).isEqualTo(400);
        assertThat(fields(refused)).as(refused.json().toString()).containsExactly(field);
    }

    private static List<String> fields(Answered refused) {
        return ((List<?>) refused.json().get("errors"))
                .stream()
                        .map(error -> String.valueOf(((Map<?, ?>) error).get("field")))
                        .toList();
    }

    @Test
    void aBatchIsStoredAsAWholeOrNotAtAll() {
        Answered stored = host.server.post(
                "/jobs/batch",
                "{\"jobs\": [{\"type\": \"echo\", \"payload\": {}, \"name\": \"a\"},"
                        + " {\"type\": \"echo\", \"payload\": {}, \"dependencies\": [\"a\"]}]}");
        assertThat(stored.status()).isEqualTo(201);
        assertThat((List<?>) stored.json().get("ids")).hasSize(2);
        long before = total();
        Answered refused =
                host.server.post("/jobs/batch", "{\"jobs\": [" + ECHO + ", {\"type\": \"echo\", \"payload\": 1}]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("message")).isEqualTo("job 2: payload must be a JSON object");
        assertThat(total()).isEqualTo(before);
    }

    @Test
    void aBatchMayBeLines() {
        Answered lines = lines(ECHO + "\n\n" + ECHO + "\n");
        assertThat(lines.status()).isEqualTo(201);
        assertThat(lines("{}\n").json().get("message").toString()).startsWith("line 1: type is missing");
    }

    private static Answered lines(String text) {
        return host.server.send(java.net.http.HttpRequest.newBuilder(host.server.uri("/jobs/batch"))
                .header("Content-Type", "application/x-ndjson")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(text))
                .build());
    }

    @Test
    void pagesOfAListGoOnBehindEachOther() {
        JobId first = host.submit("pat", "echo");
        JobId second = host.submit("pat", "echo");
        host.server.as(Caller.administrator("root"));
        Answered page = host.server.get("/jobs?submitter=pat&limit=1");
        assertThat(ids(page)).containsExactly(second.toString());
        Answered next = host.server.get(
                "/jobs?submitter=pat&limit=1&after=" + page.json().get("next"));
        assertThat(ids(next)).containsExactly(first.toString());
        assertThat(ids(host.server.get("/jobs?submitter=pat&order=oldest"))).startsWith(first.toString());
        assertThat(ids(host.server.get("/jobs/ready?submitter=pat"))).contains(second.toString());
    }

    @Test
    void aListMayBeOfAnyOfSeveralValues() {
        JobId first = host.submit("quinn", "echo");
        JobId second = host.submit("ruth", "echo");
        host.server.as(Caller.administrator("root"));
        String both = "submitter=quinn&submitter=ruth&submitter=quinn";
        assertThat(ids(host.server.get("/jobs?" + both + "&type=echo&type=sleep")))
                .containsExactly(second.toString(), first.toString());
        Answered page = host.server.get("/jobs?" + both + "&limit=1");
        assertThat(ids(page)).containsExactly(second.toString());
        assertThat(ids(host.server.get(
                        "/jobs?" + both + "&limit=1&after=" + page.json().get("next"))))
                .containsExactly(first.toString());
        assertThat(host.server.get("/jobs/facets?" + both).json()).containsEntry("total", 2);
        assertThat(ids(host.server.get("/jobs?status=failed&status=cancelled&" + both)))
                .isEmpty();
        assertThat(host.server.get("/jobs?status=failed&status=done").json())
                .containsEntry("message", "unknown status 'done'")
                .containsEntry("fix", "use waiting, queued, running, completed, failed or cancelled");
        assertThat(host.server.get("/jobs?type=t" + "&type=u".repeat(30)).status())
                .isEqualTo(200);
        String filter = "{\"action\": \"cancel\", \"filter\": {\"submitter\": [\"quinn\", \"ruth\"],"
                + " \"status\": \"queued\"}}";
        assertThat(host.server.post("/bulk/preview", filter).json()).containsEntry("jobs", 2);
        assertThat(host.server
                        .post("/bulk/preview", "{\"action\": \"cancel\", \"filter\": {\"type\": 5}}")
                        .json())
                .containsEntry("message", "type must be a list of strings");
    }

    private static List<String> ids(Answered page) {
        return ((List<?>) page.json().get("jobs"))
                .stream().map(job -> ((Map<?, ?>) job).get("id").toString()).toList();
    }

    @Test
    void whoHasTheJobAlreadyGetsNoBody() {
        JobId id = host.submit("ann", "echo");
        Answered first = host.server.get("/jobs/" + id);
        Answered same = host.server.get("/jobs/" + id, "If-None-Match", first.header("ETag"));
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.http().body()).isEmpty();
        host.jobs("ann").cancel(id);
        assertThat(host.server
                        .get("/jobs/" + id, "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoWaitsIsToldWhenTheJobEnds() {
        JobId id = host.submit("ann", "slow");
        host.start();
        CompletableFuture<Answered> told =
                CompletableFuture.supplyAsync(() -> host.server.get("/jobs/" + id + "?wait=60s"));
        Awaitility.await().until(() -> host.ends.waiting() == 1);
        assertThat(told).isNotDone();
        host.end(id, new Outcome.Completed("{\"n\": 7}"));
        assertThat(told.join().json()).containsEntry("status", "completed").containsEntry("result", Map.of("n", 7));
        Awaitility.await().until(() -> host.ends.waiting() == 0);
    }

    @Test
    void aJobThatEndsTogetherWithTheWaitIsAnsweredOnce() {
        JobId id = host.submit("ann", "slow");
        host.start();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch timeIsOver = new CountDownLatch(1);
        host.server.beforeGood = () -> {
            writing.countDown();
            join(timeIsOver);
        };
        try {
            CompletableFuture<Answered> told =
                    CompletableFuture.supplyAsync(() -> host.server.get("/jobs/" + id + "?wait=200ms"));
            Awaitility.await().until(() -> host.ends.waiting() == 1);
            host.end(id, new Outcome.Completed("{}"));
            join(writing); // the answer is being written when the wait is over
            Awaitility.await().during(Duration.ofMillis(500)).until(() -> !told.isDone());
            timeIsOver.countDown();
            assertThat(told.join().status()).isEqualTo(200);
            assertThat(told.join().json()).containsEntry("status", "completed");
        } finally {
            timeIsOver.countDown();
            host.server.beforeGood = () -> {};
        }
    }

    private static void join(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWaitsTooShortIsToldHowTheJobIs() {
        JobId id = host.submit("ann", "slow");
        assertThat(host.server.get("/jobs/" + id + "?wait=50ms").json()).containsEntry("status", "queued");
        assertThat(host.server.get("/jobs/" + id + "?wait=61s").status()).isEqualTo(400);
    }

    @Test
    void aUserChangesTheOwnPassword() {
        Answered changed = host.server.post(
                "/me/password", "{\"password\": \"four words and more\", \"next\": \"other words and more\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json()).containsEntry("name", "ann");
        assertThat(host.passwords).contains("user ann four words and more other words and more 127.0.0.1");
        assertThat(host.server
                        .post("/me/password", "{\"next\": \"other words and more\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aSubmitOfWhatNobodyServesIsStoredAndWarnedOf() {
        String ecoh = ECHO.replace("echo", "ecoh");
        String warning = "no handler serves type 'ecoh' now: the job waits for one (did you mean 'echo'?)";
        Answered one = host.server.post("/jobs", ecoh);
        assertThat(one.status()).isEqualTo(201);
        assertThat(one.json()).containsEntry("warnings", List.of(warning));
        assertThat(host.server.post("/jobs", ECHO).json()).containsEntry("warnings", List.of());
        assertThat(host.server
                        .post("/jobs/batch", "{\"jobs\": [" + ECHO + "," + ecoh + "," + ecoh + "]}")
                        .json())
                .containsEntry("warnings", List.of(warning));
        assertThat(host.server
                        .post("/jobs/" + one.json().get("id") + "/clone", "{}")
                        .json())
                .containsEntry("warnings", List.of(warning));
        host.server.as(Caller.user("ann").by(new TokenScope("narrow", Set.of(Permission.SUBMIT))));
        assertThat(host.server.post("/jobs", ecoh).json())
                .containsEntry("warnings", List.of("no handler serves type 'ecoh' now: the job waits for one"));
    }

    @Test
    void whoseHandlersMayNotRunItIsToldWhereTheyAreShown() {
        String later = ECHO.replaceFirst(",", ", \"handlerVersion\": \"[9,10)\",");
        assertThat(host.server.post("/jobs", later).json())
                .containsEntry(
                        "warnings",
                        List.of("no active handler of type 'echo' may run it now: the job waits for one;"
                                + " GET /api/v1/types/echo shows the available handlers"));
    }

    @Test
    void aChangeIsMadeOnlyToTheJobThatWasRead() {
        JobId id = host.submit("ann", "echo");
        String read = host.server.get("/jobs/" + id).header("ETag");
        Answered changed = host.server.send("PATCH", "/jobs/" + id, "{\"priority\": 2}", "If-Match", read);
        assertThat(changed.status()).isEqualTo(200);
        Answered now = host.server.get("/jobs/" + id);
        assertThat(changed.json())
                .as("the changed job, as a read shows it")
                .isEqualTo(now.json())
                .containsEntry("priority", 2);
        assertThat(changed.header("ETag")).isEqualTo(now.header("ETag")).isNotEqualTo(read);
        Answered late = host.server.send("PATCH", "/jobs/" + id, "{\"priority\": 3}", "If-Match", read);
        assertThat(late.status()).isEqualTo(412);
        assertThat(host.server.get("/jobs/" + id).json()).containsEntry("priority", 2);
    }

    @Test
    void aBodyOfNullIsNoBodyWhereNoneIsNeeded() {
        JobId id = host.submit("ann", "echo");
        assertThat(host.server.post("/jobs/" + id + "/pause", "null").status()).isEqualTo(200);
        assertThat(host.server.post("/jobs", "null").json())
                .containsEntry("code", "validation")
                .containsEntry("message", "the body is null");
    }

    @Test
    void whatIsDoneToJobsIsDone() {
        JobId id = host.submit("ann", "echo");
        assertThat(state(host.server.post("/jobs/" + id + "/pause", "{\"reason\": \"later\"}")))
                .isEqualTo("waiting");
        assertThat(state(host.server.post("/jobs/" + id + "/resume", null))).isEqualTo("queued");
        assertThat(state(host.server.post("/jobs/" + id + "/cancel", null))).isEqualTo("cancelled");
        assertThat(host.server.post("/jobs/" + id + "/cancel", null).status()).isEqualTo(409);
        assertThat(state(host.server.post("/jobs/" + id + "/retry", "{}"))).isEqualTo("queued");
        Answered copy = host.server.post("/jobs/" + id + "/clone", "{\"payload\": {\"text\": \"other\"}}");
        assertThat(copy.status()).isEqualTo(201);
        assertThat(host.server.get("/jobs/" + copy.json().get("id")).json())
                .containsEntry("payload", Map.of("text", "other"));
    }

    private static Object state(Answered changed) {
        assertThat(changed.status()).as(changed.json().toString()).isEqualTo(200);
        return ((Map<?, ?>) ((List<?>) changed.json().get("jobs")).get(0)).get("status");
    }

    @Test
    void pathsAndMethodsThatAreNotThereAreSaid() {
        assertThat(host.server.get("/nothing").status()).isEqualTo(404);
        Answered wrong = host.server.send("DELETE", "/jobs", null);
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        Answered options = host.server.send("OPTIONS", "/jobs", null, "Origin", "https://evil.example");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(options.http().headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
        Answered head = host.server.send("HEAD", "/queues", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.http().body()).isEmpty();
        assertThat(host.server.post("/jobs", null).status()).isEqualTo(400);
    }

    @Test
    void onlyJsonIsTaken() {
        Answered other = host.server.send(java.net.http.HttpRequest.newBuilder(host.server.uri("/jobs"))
                .header("Content-Type", "text/plain")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(ECHO))
                .build());
        assertThat(other.status()).isEqualTo(415);
        host.sizes.payloadBytes = 10;
        try {
            String large = "{\"type\": \"echo\", \"payload\": {\"text\": \"" + "x".repeat(300_000) + "\"}}";
            assertThat(host.server.post("/jobs", large).status()).isEqualTo(413);
        } finally {
            host.sizes.payloadBytes = io.jobyard.doubles.FakeSizeLimits.MOST;
        }
    }

    @Test
    void whoMaySpeakForOthersDoes() {
        host.server.as(Caller.administrator("root").as("bea"));
        Answered stored = host.server.post("/jobs", ECHO);
        assertThat(host.server.get("/jobs/" + stored.json().get("id")).json()).containsEntry("submitter", "bea");
        assertThat(host.server.get("/me").json())
                .containsEntry("name", "bea")
                .containsEntry("behind", "administrator root");
    }

    @Test
    void aRequestThatIsSentAgainIsDoneOnce() {
        String[] key = {"Idempotency-Key", "k1"};
        Answered first =
                host.server.post("/jobs", "{\"type\": \"echo\", \"payload\": {\"text\": \"a\", \"n\": 1}}", key);
        Answered again =
                host.server.post("/jobs", "{ \"payload\": {\"n\": 1, \"text\": \"a\"}, \"type\": \"echo\" }", key);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        Answered other = host.server.post("/jobs", "{\"type\": \"echo\", \"payload\": {\"text\": \"b\"}}", key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(host.server
                        .post("/jobs/batch", "{\"jobs\": [" + ECHO + "]}", key)
                        .status())
                .isEqualTo(422);
        Answered batch = host.server.post("/jobs/batch", "{\"jobs\": [" + ECHO + "]}", "Idempotency-Key", "k2");
        Answered sent = host.server.post("/jobs/batch", "{\"jobs\": [" + ECHO + "]}", "Idempotency-Key", "k2");
        assertThat(sent.json()).isEqualTo(batch.json());
    }

    @Test
    void whoMustWaitIsToldHowLong() {
        QuotaException busy = new QuotaException("too fast; try again later", RestFixture.START.plusMillis(29_001));
        Reply reply = ReplyWriter.problem(RequestFault.of(busy), RestFixture.START);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers()).containsEntry("Retry-After", "30");
    }

    @Test
    void theTraceOfARequestIsALabelOfItsJobs() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assertThat(trace(host.server
                        .post("/jobs", ECHO, "traceparent", trace)
                        .json()
                        .get("id")))
                .isEqualTo(trace);
        Answered batch = host.server.post("/jobs/batch", "{\"jobs\": [" + ECHO + "]}", "traceparent", trace);
        assertThat(trace(((List<?>) batch.json().get("ids")).get(0))).isEqualTo(trace);
        String labelled = "{\"type\": \"echo\", \"payload\": {}, \"labels\": {\"traceparent\": \"mine\"}}";
        assertThat(trace(host.server
                        .post("/jobs", labelled, "traceparent", trace)
                        .json()
                        .get("id")))
                .isEqualTo("mine");
        for (String none : List.of(
                trace.toUpperCase(java.util.Locale.ROOT),
                "ff" + trace.substring(2),
                trace.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0".repeat(32)),
                trace.substring(1))) {
            assertThat(trace(host.server
                            .post("/jobs", ECHO, "traceparent", none)
                            .json()
                            .get("id")))
                    .as(none)
                    .isEqualTo("null");
        }
    }

    private static String trace(Object id) {
        Map<?, ?> labels = (Map<?, ?>) host.server.get("/jobs/" + id).json().get("labels");
        return String.valueOf(labels.get("traceparent"));
    }
}
