// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSample;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.RunUse;
import io.jobyard.api.SampleStep;
import io.jobyard.api.SampledCount;
import io.jobyard.api.SchedulePause;
import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.Submission;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.PasswordHash;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import io.jobyard.testkit.store.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A store on Derby in which no table is empty, and what it answered about all that is in it. */
public final class FullStoreFixture {

    /** All that is asked of a store. */
    public record Answers(
            Map<JobId, StoredJob> jobs,
            Map<JobId, List<HistoryEvent>> histories,
            Map<JobId, List<JobId>> dependencies,
            Map<JobId, String> results,
            List<Optional<String>> payloads,
            List<List<LogLine>> logs,
            List<List<StoredStep>> steps,
            List<List<StoredSignal>> signals,
            List<List<StreamPiece>> streams,
            List<Optional<String>> values,
            List<JobEvent> events,
            List<JobEvent> eventsAfter,
            Set<LimitUse> uses,
            Set<Pause> pauses,
            Set<String> types,
            List<AuditRow> audit,
            List<Optional<JobGroup>> groups,
            Optional<String> broken) {}

    static final String LONG = "søk \uD83D\uDE00 ".repeat(500);

    private final Path folder;
    private final List<JobId> ids = new ArrayList<>();
    private final DerbyStore store;
    private final JobLivesFixture lives;
    private EventCursor cursor = EventCursor.START;
    private UUID life = new UUID(0, 0);
    private Answers answers;

    private FullStoreFixture(Path folder) throws SQLException {
        this.folder = folder;
        store = new DerbyStore(folder);
        lives = new JobLivesFixture(store);
    }

    /** One with forty jobs that are queued, made once for this process; whoever has it only reads it. */
    public static FullStoreFixture shared() {
        return Shared.FULL;
    }

    private static final class Shared {

        static final FullStoreFixture FULL = full();

        private static FullStoreFixture full() {
            try {
                return make(NewDatabase.temporary(), 40);
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Makes it in that folder, with so many more jobs that are queued, and closes it. */
    public static FullStoreFixture make(Path folder, int queued) throws SQLException {
        FullStoreFixture full = new FullStoreFixture(folder);
        try (full.store) {
            full.fill(queued);
            full.answers = full.ask(full.store);
        }
        return full;
    }

    private void fill(int queued) throws SQLException {
        ended();
        work();
        store.restart(); // what ran is left by a life that is over
        cursor = store.feed().newest();
        waiting();
        List<AdmittedJob> many = new ArrayList<>();
        for (int n = 0; n < queued; n++) {
            many.add(Draft.job().submitter("ann " + n % 7).priority(1 + n % 3).admitted());
        }
        if (queued > 0) {
            store.jobs().admit(many).join();
            many.forEach(job -> ids.add(job.stored().id()));
        }
        life = store.jobs().incarnation();
        halfReleased();
    }

    /** Steps that count and that do not, children that are awaited, a signal, and a stream. */
    private void work() {
        StoredJob first = add(lives.running());
        AdmittedJob child = Draft.job().admitted();
        ids.add(child.stored().id());
        List<StoredStep> steps = List.of(
                StoredStep.done(1, "fetch ü", 1, Draft.T0, Draft.T0.plusSeconds(1), "{\"a\": 1}"),
                StoredStep.done(2, "parse", 1, Draft.T0, Draft.T0.plusSeconds(1), "\"" + LONG + "\""));
        store.work()
                .keep(new Assignment(first, "{}", null), steps, RunOutput.NONE)
                .join();
        StoredJob failed = lives.move(Moves.fail(first, "broken"));
        store.work().retryFrom(Moves.queue(failed), 2).join();
        StoredJob again = lives.move(Moves.start(store.reads().job(first.id()).orElseThrow(), store.jobs()));
        Assignment run = new Assignment(again, "{}", null);
        StoredStep children = StoredStep.begun(2, "children 1", StepKind.CHILDREN, 2, Draft.T0, null, null)
                .of(List.of(child.stored().id()));
        store.work().admit(run, children, List.of(child)).join();
        store.work()
                .emit(
                        run,
                        List.of(
                                new StreamPiece(0, 2, Draft.T0, "søk"),
                                new StreamPiece(0, 2, Draft.T0, " \uD83D\uDE00\n")))
                .join();
        store.work()
                .signal(
                        first.id(),
                        new StoredSignal(0, "approved", Draft.T0, "Ünï", false, "\"" + LONG + "\""),
                        Moves::queue)
                .join();
    }

    private void ended() {
        StoredJob completed = lives.running();
        store.jobs()
                .log(
                        completed.id(),
                        List.of(new LogLine(Draft.T0, 1, "line 1"), new LogLine(Draft.T0, 1, LONG.substring(0, 900))));
        add(lives.move(Moves.complete(completed, "{\"text\": \"" + LONG + "\"}")));
        add(lives.longLived());
        StoredJob failed = add(lives.move(Moves.fail(lives.running(), "no such file")));
        add(lives.move(Moves.retry(failed, Set.of(), Set.of())));
        StoredJob parent = lives.running();
        AdmittedJob child = admit(Draft.job().after(parent.id()));
        store.jobs()
                .move(Moves.fail(parent, "broken"), (job, edges) -> Moves.end(job, edges, "dependency failed"))
                .join();
        ids.addAll(List.of(parent.id(), child.stored().id()));
        add(lives.running());
        add(lives.move(Moves.lose(lives.running())));
    }

    private void waiting() {
        AdmittedJob parent = admit(Draft.job().key("key of ada").payload("{\"text\": \"" + LONG + "\"}"));
        admit(Draft.job()
                .after(parent.stored().id())
                .submitter("Ünï \uD83D\uDE00")
                .key("z"));
        admit(Draft.job().key("Z").queue("llm").limits("openai").estimate(Map.of("tokens", 12.5)));
        admit(Draft.job().dueAt(Draft.T0.plusSeconds(3_600)).handlerVersion("[1,2)"));
        add(lives.move(Moves.askToCancel(lives.running())));
        AuditEntry entry = new AuditEntry(Draft.T0, "user ünï", "pause", "queue llm", "détail");
        store.limits()
                .pause(new Pause(PauseTarget.queue("llm"), "alice", Draft.T0, "down", Draft.T0.plusSeconds(60)), entry)
                .join();
        store.limits()
                .pause(new Pause(PauseTarget.queue("Ünï"), "bob", Draft.T0, null, null), entry)
                .join();
        for (String unit : List.of("tokens", "requests", "Zoll", "ü")) {
            LimitKey key = new LimitKey(LimitKind.LIMIT, "openai", unit);
            store.limits()
                    .remember(List.of(new LimitUse(key, Draft.T0.plusSeconds(1), 1 / 3.0, 0)))
                    .join();
        }
        for (LimitKind kind : List.of(LimitKind.LIMIT, LimitKind.QUEUE)) {
            TreeMap<String, String> settings = new TreeMap<>(Map.of("running.max", "2", "ünï", "søk"));
            store.limits()
                    .define(new LimitDefinition(kind, "openai", 1, settings), entry)
                    .join();
        }
        store.limits().served(Set.of("echo", "Echo", "sleep")).join();
        store.audit().append(entry).join();
        store.usage()
                .keep(List.of(new RunUse(
                        new RunUse.MeteredRun(
                                parent.stored().id(), 1, Draft.T0, "ada", "echo", "gpt", Map.of("team", "søk")),
                        "tokens",
                        12.5,
                        10.0)))
                .join();
        store.samples()
                .keep(SampleStep.MINUTE, new JobSample(Draft.T0, List.of(new SampledCount("default", "echo", 3, 2, 1))))
                .join();
        BulkRequest request = new BulkRequest(
                BulkAction.CHANGE,
                JobFilter.ALL.withType("Ünï"),
                new JobChange().label("team", LONG.substring(0, 200)));
        store.service(BulkStore.class)
                .begin(
                        StoredBulk.asked(request, Caller.administrator("root").as("ünï"), Draft.T0),
                        bulk -> new AuditEntry(Draft.T0, "root", "bulk change", "jobs", "begins"))
                .join();
        schedules();
        groups();
        store.service(FollowerStore.class)
                .advance("ünï", null, EventCursor.START, List.of())
                .join();
        store.service(RequestStore.class)
                .admit(
                        new KeptRequest(
                                "ünï",
                                "k",
                                "f".repeat(64),
                                Draft.T0,
                                Draft.T0.plusSeconds(86_400),
                                List.of(new Submission(ids.get(0), JobStatus.QUEUED, true))),
                        List.of())
                .join();
        identities(entry);
    }

    private void identities(AuditEntry entry) {
        IdentityStore identities = store.service(IdentityStore.class);
        PasswordHash password = new PasswordHash(600_000, "salt", "hash");
        identities
                .addUser(new StoredUser("ünï", 1, password, Draft.T0, "root", Draft.T0, null), entry)
                .join();
        identities
                .addToken(
                        new StoredToken(
                                "a1",
                                "ünï",
                                "ci",
                                Set.of(Permission.VIEW),
                                Draft.T0,
                                "root",
                                new StoredToken.TokenLife(null, Draft.T0, null)),
                        entry)
                .join();
        identities
                .addSession(
                        new StoredSession("c1", Caller.CallerKind.USER, "ünï", 1, "192.0.2.7", Draft.T0, Draft.T0),
                        entry)
                .join();
    }

    /** One is open, one is closed. */
    private void groups() {
        admit(Draft.job().submitter("Ünï \uD83D\uDE00").group("day"));
        JobId first = admit(Draft.job().group("night")).stored().id();
        admit(Draft.job()
                .after(first)
                .policies(Map.of(first, DependencyPolicy.RUN))
                .endsGroup("night"));
    }

    private void schedules() {
        AdmittedJob fired = Draft.job().fire("nightly", Draft.T0).admitted();
        ids.add(fired.stored().id());
        StoredSchedule nightly = new StoredSchedule(
                "nightly",
                2,
                "{\"text\": \"" + LONG + "\"}",
                "cron 0 2 * * * UTC",
                new StoredSchedule.FireProgress(
                        Draft.T0, Draft.T0, fired.stored().id(), 0),
                new SchedulePause("ann", Draft.T0, "quiet", Draft.T0.plusSeconds(60)),
                new StoredSchedule.Backfill(
                        Draft.T0, Draft.T0.plusSeconds(9), fired.stored().id()));
        StoredSchedule bare = new StoredSchedule(
                "Ünï", 1, null, "every PT1S", new StoredSchedule.FireProgress(Draft.T0, null, null, 0), null, null);
        for (ScheduleChange change : List.of(
                new ScheduleChange(null, nightly, List.of(fired), null),
                new ScheduleChange(null, bare, List.of(), null))) {
            store.schedules().store(change).join();
        }
    }

    /** A parent whose dependents are not all released. */
    private void halfReleased() throws SQLException {
        lives.change("INSERT INTO release_marker (parent) VALUES (" + JobLivesFixture.hex(ids.get(2)) + ")");
    }

    private StoredJob add(StoredJob job) {
        if (!ids.contains(job.id())) {
            ids.add(job.id());
        }
        return job;
    }

    private AdmittedJob admit(Draft draft) {
        AdmittedJob job = draft.admitted();
        store.jobs().admit(List.of(job)).join();
        ids.add(job.stored().id());
        return job;
    }

    List<JobId> ids() {
        return ids;
    }

    /** What it answered before it was closed. */
    public Answers answers() {
        return answers;
    }

    /** What a store answers about what this one held. */
    public Answers ask(StoreUnderTest asked) {
        return new Answers(
                asked.reads().jobs(ids),
                asked.reads().histories(ids),
                asked.reads().dependencies(ids),
                asked.reads().results(ids),
                ids.stream().map(asked.reads()::payload).toList(),
                ids.stream().map(asked.reads()::log).toList(),
                ids.stream().map(asked.work()::steps).toList(),
                ids.stream().map(asked.work()::signals).toList(),
                ids.stream().map(id -> asked.work().stream(id, 0, 100)).toList(),
                ids.stream().map(id -> asked.work().value(id, 1)).toList(),
                asked.feed().events(EventCursor.START, 10_000),
                asked.feed().events(cursor, 10_000),
                Set.copyOf(asked.limits().uses()),
                Set.copyOf(asked.limits().pauses()),
                Set.copyOf(asked.limits().servedTypes()),
                asked.audit().rows(life, 0, 1_000),
                List.of(asked.reads().group("ada", "night"), asked.reads().group("Ünï \uD83D\uDE00", "day")),
                asked.audit().verifyHistories());
    }
}
