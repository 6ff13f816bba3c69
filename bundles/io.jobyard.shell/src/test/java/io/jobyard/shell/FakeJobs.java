// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Activity;
import io.jobyard.api.Blocker;
import io.jobyard.api.BulkPreview;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.DeployedFile;
import io.jobyard.api.EventCursor;
import io.jobyard.api.Explanation;
import io.jobyard.api.FieldProblem;
import io.jobyard.api.Finding;
import io.jobyard.api.GraphJob;
import io.jobyard.api.HandlerStatus;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.HostStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGraph;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobSample;
import io.jobyard.api.JobSignal;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobStep;
import io.jobyard.api.JobTerms;
import io.jobyard.api.JobyardException;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Load;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.PendingJob;
import io.jobyard.api.Preview;
import io.jobyard.api.Progress;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.api.Reason;
import io.jobyard.api.Retried;
import io.jobyard.api.RunUse;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.Statistics;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.Submission;
import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.ValidationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Both services over jobs in memory: type {@code bad} fails, {@code slow} waits for ever, all others complete. */
class FakeJobs implements JobManager, StatusReporter {

    static final Instant CREATED = Instant.parse("2026-11-25T12:00:00.123456Z");

    final List<JobSpecification> submitted = new ArrayList<>();
    final List<Integer> calls = new ArrayList<>();
    final Map<JobId, Job> jobs = new LinkedHashMap<>();
    final CountDownLatch waited = new CountDownLatch(1);
    volatile boolean interrupted;
    final Queue<Runnable> happenings = new ConcurrentLinkedQueue<>(); // one for each look at a slow job
    final List<HistoryEvent> changes = new CopyOnWriteArrayList<>();
    final List<LogLine> lines = new CopyOnWriteArrayList<>();

    final List<StreamPiece> pieces = new CopyOnWriteArrayList<>();
    final Map<JobId, List<JobStep>> steps = new HashMap<>();
    final List<JobSignal> signals = new ArrayList<>();
    /** The signals and answers that somebody gave. */
    final List<String> given = new ArrayList<>();

    @Nullable
    Progress progress = new Progress(3, 10, "reading", CREATED);

    final List<RunUse> uses = new ArrayList<>();
    final List<CanaryStatus> canaries = new ArrayList<>();
    final List<UsageQuery> usageQueries = new ArrayList<>();
    final List<SampleQuery> sampleQueries = new ArrayList<>();
    final List<JobSample> samples = new ArrayList<>();

    @Override
    public List<RunUse> uses(JobId id) {
        return uses.stream().filter(use -> use.run().job().equals(id)).toList();
    }

    @Override
    public List<RunUse> allUses(Instant since, Instant until, @Nullable RunUse after, int limit) {
        return uses.stream()
                .filter(use -> !use.run().startedAt().isBefore(since)
                        && use.run().startedAt().isBefore(until))
                .skip(after == null ? 0 : uses.indexOf(after) + 1L)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Usage> usage(UsageQuery query) {
        usageQueries.add(query);
        Map<String, @Nullable String> group = new LinkedHashMap<>();
        query.by().forEach(name -> group.put(name, name.equals("model") ? null : "some " + name));
        return uses.isEmpty()
                ? List.of()
                : List.of(new Usage(
                        query.per() == null ? null : LocalDate.of(2026, 11, 23),
                        group,
                        "tokens",
                        new BigDecimal("1200.50"),
                        new BigDecimal("1000.0"),
                        3));
    }

    boolean draining;
    /** Another session ends the drain of the first host when one job is left. */
    boolean drainEndsElsewhere;

    final List<String> drainsAfar = new ArrayList<>();
    int looksAfar;
    boolean endsWhileItDrains;
    int runningHere = 2;
    /** The limits and queues that were made. */
    final List<String> set = new ArrayList<>();

    final List<String> paused = new ArrayList<>();
    JobQuery query = JobQuery.all(1);
    BulkRequest bulk;

    @Nullable
    JobPage found; // instead of all there are

    String user = "";
    final List<String> spokeFor = new ArrayList<>();
    final List<JobId> dependents = new ArrayList<>();
    final Map<JobId, JobyardException> refusedDependents = new LinkedHashMap<>();
    int refuseAfter = Integer.MAX_VALUE;

    @Override
    public synchronized Submission submit(JobSpecification specification) {
        if (submitted.size() >= refuseAfter) {
            throw new QuotaException("the host takes no more");
        }
        if (specification.routing().priority() != null
                && specification.routing().priority() > 10) {
            throw new ValidationException(
                    "priority = " + specification.routing().priority() + " is out of range: use 1 to 10");
        }
        submitted.add(specification);
        JobId id = new JobId(new UUID(0x01978f3c5c1e7c39L, 0x9d2a6f1b00000000L + submitted.size()));
        Job job = job(id, specification);
        jobs.put(id, job);
        return new Submission(
                id, JobStatus.QUEUED, "twice".equals(specification.identity().key()));
    }

    @Override
    public Preview preview(JobSpecification specification) {
        Job job = job(new JobId(new UUID(7, 7)), specification);
        boolean refused = specification.type().equals("bad");
        boolean taken = "twice".equals(specification.identity().key());
        return new Preview(
                refused ? List.of("invalid type 'bad': it is bad") : List.of(),
                refused ? null : job,
                refused ? null : "default",
                taken ? List.copyOf(jobs.keySet()).get(0) : null,
                taken && specification.identity().keyPolicy().replaces(),
                specification.demand().limits().isEmpty()
                        ? List.of()
                        : List.of(new Blocker("limit", "openai: 0 left of 1/m", CREATED.plusSeconds(60))));
    }

    private Job job(JobId id, JobSpecification asked) {
        boolean bad = asked.type().equals("bad");
        boolean slow = asked.type().equals("slow");
        JobStatus status = bad ? JobStatus.FAILED : slow ? JobStatus.RUNNING : JobStatus.COMPLETED;
        return new Job(
                id,
                user,
                CREATED,
                new JobTerms(
                        asked.type(),
                        new JobTerms.RoutingTerms(
                                asked.routing().queue(),
                                asked.routing().priority() == null
                                        ? 5
                                        : asked.routing().priority(),
                                asked.routing().handlerVersion()),
                        new JobTerms.RunRules(
                                asked.runs().timeout() == null
                                        ? Duration.ofSeconds(60)
                                        : asked.runs().timeout(),
                                asked.runs().maxRetries() == null
                                        ? 3
                                        : asked.runs().maxRetries()),
                        new JobTerms.DependencyTerms(
                                asked.ifDependencyFails(), asked.dependencies().policies()),
                        new JobTerms.JobTimes(
                                asked.times().notBefore(),
                                asked.times().expires(),
                                asked.times().deadline()),
                        new JobTerms.Identity(
                                asked.identity().key(),
                                null,
                                asked.identity().labels(),
                                null,
                                asked.identity().group(),
                                asked.identity().endsGroup()),
                        new JobTerms.JobDemand(
                                List.copyOf(asked.demand().limits()),
                                asked.demand().estimate())),
                new JobState(
                        status,
                        bad ? Reason.HOST_LOST : null,
                        CREATED,
                        slow ? null : CREATED,
                        bad ? "it\nbroke" : null,
                        new JobState.RunState(1, 1, CREATED, "here", null, null)));
    }

    @Override
    public synchronized List<Submission> submitAll(List<JobSpecification> specifications) {
        calls.add(specifications.size());
        List<Submission> answers = new ArrayList<>();
        List<JobSpecification> all = List.copyOf(specifications); // one that is made as it is read may be refused here
        for (JobSpecification each : all) {
            try {
                answers.add(submit(each));
            } catch (ValidationException e) {
                submitted.clear();
                throw all.size() == 1 ? e : new ValidationException(answers.size(), e);
            }
        }
        return answers;
    }

    @Override
    public Job job(JobId id) {
        return status(id);
    }

    @Override
    public Job await(JobId id, Duration atMost) throws InterruptedException {
        if (!status(id).type().equals("slow") || status(id).status().isFinished() || atMost.isZero()) {
            return status(id);
        }
        Runnable next = happenings.poll();
        if (next != null) {
            next.run();
        } else {
            try {
                waited.countDown();
                new CountDownLatch(1)
                        .await(atMost.toMinutes() > 1 ? Long.MAX_VALUE : 20, TimeUnit.MILLISECONDS); // a turn of many
            } catch (InterruptedException e) {
                interrupted = true;
                throw e;
            }
        }
        return status(id);
    }

    /** The job is over. */
    synchronized void complete(JobId id) {
        Job job = status(id);
        JobState end = new JobState(
                JobStatus.COMPLETED,
                null,
                CREATED,
                CREATED,
                null,
                new JobState.RunState(2, 2, CREATED, "here", null, null));
        jobs.put(id, new Job(id, job.submitter(), job.createdAt(), job.terms(), end));
    }

    @Override
    public FakeJobs as(String name) {
        user = name;
        spokeFor.add(name);
        return this;
    }

    @Override
    public synchronized Job cancel(JobId id) {
        Job job = status(id);
        if (job.status().isFinished()) {
            throw new StateConflictException("job " + id + " is " + job.status().text() + " already");
        }
        return job;
    }

    @Override
    public synchronized Retried retryWithDependents(JobId id) {
        return new Retried(retry(id), dependents.stream().map(jobs::get).toList(), refusedDependents);
    }

    @Override
    public JobGraph graph(JobId id, int limit) {
        return new JobGraph(List.of(new GraphJob(job(id), 0, List.of())), 0);
    }

    @Override
    public List<JobId> endedBecauseOf(JobId id, int limit) {
        return dependents.stream().limit(limit).toList();
    }

    @Override
    public synchronized Job retry(JobId id) {
        Job job = job(id);
        if (job.status() == JobStatus.FAILED) {
            return job;
        }
        throw new StateConflictException("job " + id + " cannot be retried");
    }

    @Override
    public synchronized Job runNow(JobId id) {
        Job job = status(id);
        if (job.status().isFinished()) {
            throw new StateConflictException("job " + id + " does not wait for time");
        }
        return job;
    }

    @Override
    public synchronized BulkPreview previewBulk(BulkRequest request) {
        bulk = request;
        return new BulkPreview(1_234, jobs.values().stream().limit(2).toList(), true);
    }

    @Override
    public synchronized BulkStatus beginBulk(BulkRequest request) {
        bulk = request;
        return bulk(7);
    }

    @Override
    public synchronized List<BulkStatus> bulks(int limit) {
        return bulk == null ? List.of() : List.of(bulk(7));
    }

    @Override
    public synchronized BulkStatus bulk(int number) {
        return new BulkStatus(
                number,
                bulk,
                "ann",
                CREATED,
                new BulkStatus.BulkProgress(1_200, 34, "not yours", CREATED.minusSeconds(60)),
                null,
                null);
    }

    @Override
    public synchronized BulkStatus stopBulk(int number) {
        return new BulkStatus(
                number, bulk, "ann", CREATED, new BulkStatus.BulkProgress(1_200, 34, null, null), CREATED, "bob");
    }

    @Override
    public synchronized Job change(JobId id, JobChange change) {
        Job job = status(id);
        if (job.status().isFinished()) {
            throw new StateConflictException("job " + id + " is " + job.status().text() + ": cannot be changed");
        }
        Job changed = new Job(id, job.submitter(), job.createdAt(), change.applyTo(job.terms()), job.state());
        jobs.put(id, changed);
        return changed;
    }

    @Override
    public Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids) {
        Map<JobId, List<HistoryEvent>> histories = new HashMap<>();
        ids.forEach(id -> histories.put(id, history(id)));
        return histories;
    }

    @Override
    public List<JobEvent> events(EventCursor after, int limit) {
        List<JobEvent> events = new ArrayList<>();
        for (JobId id : jobs.keySet()) {
            for (HistoryEvent change : history(id)) {
                EventCursor cursor = EventCursor.of("1-" + (events.size() + 1) + "-1");
                events.add(new JobEvent(cursor, id, "echo", "ann", "default", change));
            }
        }
        return events.stream()
                .filter(event -> number(event.cursor()) > number(after))
                .limit(limit)
                .toList();
    }

    private static int number(EventCursor cursor) {
        String text = cursor.toString();
        if (cursor.equals(EventCursor.START)) {
            return 0;
        } else if (!text.matches("1-\\d+-1")) {
            throw new ValidationException("'" + text + "' is no cursor of this store's");
        }
        return Integer.parseInt(text.split("-")[1]);
    }

    @Override
    public EventCursor newestCursor() {
        return EventCursor.of("1-99-1");
    }

    @Override
    public List<NumberedLine> logAfter(JobId id, int after) {
        throw new UnsupportedOperationException("the shell reads the whole log");
    }

    @Override
    public List<LogLine> log(JobId id) {
        status(id);
        return Stream.concat(
                        Stream.of(new LogLine(CREATED, 1, "reading"), new LogLine(CREATED, 2, "reading again")),
                        lines.stream())
                .toList();
    }

    @Override
    public Map<Integer, String> stacks(JobId id) {
        status(id);
        return Map.of(
                1, "java.lang.IllegalStateException: the\u001b other\n    at com.acme.Words.handle(Words.java:12)");
    }

    @Override
    public Explanation explain(JobId id) {
        return new Explanation(
                id,
                status(id).status(),
                "",
                List.of(new Blocker(
                        "time",
                        "next attempt after attempt 2 failed: IllegalStateException: the other side is not there",
                        CREATED)));
    }

    @Override
    public List<Finding> doctor() {
        return List.of(
                Finding.note(
                        "files",
                        "/jy/deploy is open to group deployers intentionally",
                        "chmod 700 /jy/deploy closes it"),
                new Finding(
                        "io.jobyard.worker",
                        "invalid worker.threads: use a whole number from 1 to 32",
                        "mend the value; until then worker.threads = 4, drain.timeout.seconds = 10 is in force"));
    }

    @Override
    public synchronized Job status(JobId id) {
        Job job = jobs.get(id);
        if (job == null) {
            throw new JobNotFoundException(id.toString());
        }
        return job;
    }

    @Override
    public synchronized JobId resolve(String idOrEnding) {
        return jobs.keySet().stream()
                .filter(id -> id.toString().endsWith(idOrEnding))
                .findFirst()
                .orElseThrow(() -> new JobNotFoundException(idOrEnding));
    }

    @Override
    public synchronized JobPage find(JobQuery wanted) {
        query = wanted;
        if (found != null) {
            return found;
        }
        List<JobId> ids = List.copyOf(jobs.keySet());
        int from = wanted.after() == null ? 0 : ids.indexOf(wanted.after()) + 1;
        return JobPage.of(
                jobs.values().stream().skip(from).limit(wanted.limit() + 1L).toList(), wanted.limit());
    }

    @Override
    public synchronized JobFacets facets(JobFilter filter) {
        query = JobQuery.of(filter, 1);
        return new JobFacets(
                jobs.size(),
                counts(Job::status),
                Map.of(),
                counts(Job::type),
                counts(this::queue),
                counts(Job::submitter),
                Map.of(),
                new JobFacets.Coverage(null, null));
    }

    private <K> Map<K, Long> counts(Function<Job, K> of) {
        return jobs.values().stream().collect(Collectors.groupingBy(of, Collectors.counting()));
    }

    @Override
    public String queue(Job job) {
        return job.terms().routing().queue() != null
                ? job.terms().routing().queue()
                : job.type().equals("bad") ? "routed" : "default";
    }

    @Override
    public boolean hidesPayload(JobId id) {
        return false;
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized Map<String, Object> payload(JobId id) {
        return (Map<String, Object>) specification(id).payload();
    }

    @Override
    public JobSpecification specification(JobId id) {
        return submitted.get((int) id.value().getLeastSignificantBits() - 1);
    }

    @Override
    public Submission fork(JobId id, String fromStep) {
        return submit(specification(id));
    }

    @Override
    public List<JobId> dependencies(JobId id) {
        return List.copyOf(specification(id).dependencies().ids());
    }

    @Override
    public JobGroup group(String name, @Nullable String submitter) {
        if (!name.equals("night")) {
            throw new ValidationException("unknown group '" + name + "': no job of " + user + " is in it");
        }
        return new JobGroup(
                name,
                submitter == null ? user : submitter,
                Map.of(JobStatus.QUEUED, 2L, JobStatus.FAILED, 1L, JobStatus.COMPLETED, 1_000L),
                resolve("1"));
    }

    @Override
    public JobResult result(JobId id) {
        Job job = status(id);
        return new JobResult(
                id,
                job.status(),
                job.status() == JobStatus.COMPLETED ? payload(id) : null,
                job.state().error(),
                CREATED,
                CREATED.plusMillis(12),
                Duration.ofNanos(12_345_678));
    }

    @Override
    public List<HistoryEvent> history(JobId id) {
        if (!changes.isEmpty()) {
            return List.copyOf(changes);
        }
        status(id);
        return List.of(
                new HistoryEvent(
                        CREATED,
                        "root",
                        null,
                        JobStatus.QUEUED,
                        null,
                        new HistoryEvent.HistoryRun(null, 0, 0, null),
                        ""),
                new HistoryEvent(
                        CREATED,
                        HistoryEvent.HOST,
                        JobStatus.QUEUED,
                        JobStatus.RUNNING,
                        null,
                        new HistoryEvent.HistoryRun("h", 1, 1, null),
                        ""),
                new HistoryEvent(
                        CREATED,
                        HistoryEvent.HOST,
                        JobStatus.RUNNING,
                        JobStatus.FAILED,
                        Reason.ERROR,
                        new HistoryEvent.HistoryRun("h", 1, 1, null),
                        "java.lang.IllegalStateException: the other side answered with an error nobody expected"));
    }

    @Override
    public List<PendingJob> pending(JobFilter filter, int limit) {
        List<PendingJob> pending = new ArrayList<>();
        for (Job job : find(JobQuery.of(filter, limit)).jobs()) {
            pending.add(new PendingJob(
                    pending.size() + 1, job, List.of(new Blocker("limit", "api: 1 of running.max 1 run", null))));
        }
        return pending;
    }

    @Override
    public Optional<Progress> progress(JobId id) {
        return status(id).status() == JobStatus.RUNNING ? Optional.ofNullable(progress) : Optional.empty();
    }

    @Override
    public Statistics statistics() {
        Map<JobStatus, Long> byStatus = new LinkedHashMap<>();
        for (JobStatus each : JobStatus.values()) {
            byStatus.put(each, 2L);
        }
        Map<String, Long> bySubmitter = new LinkedHashMap<>();
        for (long i = 1; i <= 30; i++) {
            bySubmitter.put("s" + i, i);
        }
        return new Statistics(
                12,
                byStatus,
                Map.of(10, 2L, 2, 10L),
                Map.of(2, 9L),
                Map.of("default", 12L),
                Map.of("a_very_long_name_of_a_type_that_nobody_would_type_twice", 12_345_678L),
                bySubmitter,
                Duration.ofMillis(1500));
    }

    @Override
    public HostStatus.HostLoad slots() {
        return new HostStatus.HostLoad(4, 2, 1_000, 312);
    }

    @Override
    public List<Load> load() {
        return List.of();
    }

    @Override
    public List<JobSample> samples(SampleQuery query) {
        sampleQueries.add(query);
        return samples;
    }

    @Override
    public Activity activity() {
        Activity.Lately lately = new Activity.Lately(
                new Activity.Rates(7, 6, 5.25),
                new Activity.Rates(123_456.5, 98_765, 43_210),
                new Activity.Rates(123_456, 98_765, 43_210),
                new Activity.Rates(1, 2, 3),
                new Activity.Rates(0, 0, 0.2),
                new Activity.Times(
                        900, Duration.ofMillis(3), Duration.ofSeconds(90), Duration.ofHours(30), Duration.ofDays(3)),
                new Activity.Times(0, null, null, null, null));
        return new Activity(
                lately,
                Map.of("gone", lately),
                Map.of("a_very_long_name_of_a_type_that_nobody_would_type_twice", lately));
    }

    @Override
    public Job pauseJob(JobId id, String reason, Instant until) {
        paused.add("job " + id + " by " + user + ": " + reason + ", until " + until);
        return job(id);
    }

    @Override
    public Job resumeJob(JobId id) {
        String one = paused.stream()
                .filter(pause -> pause.startsWith("job " + id + " "))
                .findFirst()
                .orElseThrow(() -> new StateConflictException("job " + id + " is not paused"));
        paused.remove(one);
        return job(id);
    }

    @Override
    public void pause(PauseTarget target, String reason, Instant until) {
        paused.add(target.text() + " by " + user + ": " + reason + ", until " + until);
    }

    @Override
    public void drain(String host) {
        if (host == null || host.equals("build-7")) {
            draining = true;
        } else {
            drainsAfar.add(host);
        }
    }

    @Override
    public void endDrain(String host) {
        if (host != null && !host.equals("build-7")) {
            drainsAfar.clear();
        } else if (draining) {
            draining = false;
        } else {
            throw new StateConflictException("host build-7:4711 is not draining");
        }
    }

    /** While the first drains, a job ends with each look; the other one needs a few looks to hear what it is asked. */
    @Override
    public List<HostStatus> hosts() {
        draining &= !drainEndsElsewhere || runningHere > 1;
        runningHere = draining && runningHere > 0 ? runningHere - 1 : runningHere;
        HostStatus.HandlerOnHost handler = new HostStatus.HandlerOnHost("mail", "1.2.0", "com.acme.mail 1.2.0");
        Instant lease = CREATED.plusSeconds(30);
        looksAfar = drainsAfar.isEmpty() ? Math.max(looksAfar - 1, 0) : looksAfar + 1;
        HostStatus first = new HostStatus(
                "build-7:4711",
                new HostStatus.HostLife(new UUID(0, 7), CREATED, "1.0.0", lease),
                true,
                new HostStatus.HostLoad(8, runningHere, 1_000, 0),
                List.of(handler),
                draining,
                true);
        HostStatus second = new HostStatus(
                "build-8:12",
                new HostStatus.HostLife(new UUID(0, 8), CREATED, "1.0.0", lease),
                false,
                new HostStatus.HostLoad(4, 0, 1_000, 312),
                List.of(),
                looksAfar > 2,
                false);
        return endsWhileItDrains && looksAfar > 2 ? List.of(first) : List.of(first, second);
    }

    @Override
    public void release(String bundle) {
        if (!bundle.equals("com.acme.words")) {
            throw new StateConflictException("bundle " + bundle + " is not set aside");
        }
    }

    @Override
    public Optional<Map<String, Object>> schema(String type) {
        return type.equals("echo") ? Optional.of(Map.of("required", List.of("text"))) : Optional.empty();
    }

    @Override
    public void setLimit(String name, Map<String, String> settings) {
        if (settings.containsKey("bad")) {
            throw new ValidationException(List.of(
                    new FieldProblem("bad", "unknown key bad"),
                    new FieldProblem("running.max", "invalid running.max")));
        }
        set.add("limit " + name + " by " + user + ": " + settings);
    }

    @Override
    public void removeLimit(String name) {
        remove("limit " + name);
    }

    @Override
    public void setQueue(String name, Map<String, String> settings) {
        set.add("queue " + name + " by " + user + ": " + settings);
    }

    @Override
    public void removeQueue(String name) {
        remove("queue " + name);
    }

    private void remove(String what) {
        if (!set.removeIf(each -> each.startsWith(what + " "))) {
            throw new StateConflictException("there is no " + what + " that was made while a host ran");
        }
    }

    @Override
    public void resume(PauseTarget target) {
        if (!paused.removeIf(pause -> pause.startsWith(target.text() + " "))) {
            throw new StateConflictException(target + " is not paused");
        }
    }

    @Override
    public List<Pause> pauses() {
        return List.of(new Pause(
                new PauseTarget(PauseTarget.TargetKind.TYPE, "echo"),
                "alice",
                CREATED,
                "too dear",
                CREATED.plusSeconds(60)));
    }

    @Override
    public List<QueueStatus> queues() {
        Pause pause =
                new Pause(PauseTarget.queue("llm"), "alice", CREATED, "provider down", CREATED.plusSeconds(3_600));
        Blocker blocker = new Blocker(
                "paused",
                "queue llm, by alice since 2026-11-25T11:40:00Z, \"provider down\"",
                CREATED.plusSeconds(3_600));
        return List.of(
                new QueueStatus(
                        "default",
                        new QueueStatus.QueueJobs(0, null, 0),
                        new QueueStatus.QueueBounds(List.of(), null, null, null),
                        null,
                        List.of()),
                new QueueStatus(
                        "llm",
                        new QueueStatus.QueueJobs(500_000, Duration.ofHours(30), 4),
                        new QueueStatus.QueueBounds(List.of("llm_*", "embed"), 4, "60/m burst 10", "stored"),
                        pause,
                        List.of(blocker)));
    }

    @Override
    public List<CanaryStatus> canaries() {
        return List.copyOf(canaries);
    }

    /** Range of the runs of the limit; null if their number is fixed. */
    @Nullable
    String adaptive;

    @Override
    public List<LimitStatus> limits() {
        return List.of(new LimitStatus(
                "openai",
                new LimitStatus.LimitJobs(12, 3, 3),
                8,
                List.of(
                        new LimitStatus.RateStatus("requests", "60/m", 10, 3.5, CREATED),
                        new LimitStatus.RateStatus("tokens", "100000/m", 1, -812.25, CREATED),
                        new LimitStatus.RateStatus("usd", "50/month", 50, 8.5, CREATED, 80, true)),
                List.of(new Blocker("limit", "openai: tokens −812 of 100000/m", CREATED)),
                LimitStatus.CountedValues.NONE,
                null,
                adaptive));
    }

    @Override
    public List<DeployedFile> deployed() {
        return List.of(
                new DeployedFile(
                        "fax.jar",
                        "com.acme.fax 1.1.0",
                        DeployedFile.State.REFUSED,
                        "needs package com.acme.modem, but no bundle exports it",
                        "com.acme.fax 1.0.0",
                        "copy the bundle that exports it into deploy/ too, or embed it"),
                new DeployedFile(
                        "words.jar", "com.acme.words 1.2.0", DeployedFile.State.IN_USE, "word_count 1.2.0", null, ""));
    }

    @Override
    public List<HandlerStatus> handlers() {
        return List.of(
                new HandlerStatus(
                        "echo",
                        "0.1.0",
                        "io.jobyard.handler.echo 0.1.0.SNAPSHOT",
                        "active",
                        1,
                        3,
                        "Returns its payload.",
                        true),
                new HandlerStatus("words", "1.0.0", "com.acme.words 1.0.0", "quarantined", 0, 0),
                new HandlerStatus("unknown_to_all", null, null, "missing", 0, 2));
    }

    @Override
    public synchronized Job retry(JobId id, String fromStep) {
        step(id, fromStep);
        return retry(id);
    }

    @Override
    public synchronized Job signal(JobId id, String name, @Nullable Object value) {
        Job job = status(id);
        if (job.status().isFinished()) {
            throw new StateConflictException("job " + id + " is " + job.status().text() + ": it takes no signal");
        } else if (name.equals("many")) {
            throw new QuotaException("job " + id + " has 100 signals that nothing has taken");
        }
        given.add(name + " = " + value + " by " + user);
        return job;
    }

    @Override
    public synchronized JobId completeCallback(String token, @Nullable Object value) {
        if (!token.equals("a.secret")) {
            throw new ValidationException("invalid callback token");
        }
        given.add(token + " = " + value);
        return jobs.keySet().iterator().next();
    }

    @Override
    public synchronized JobId failCallback(String token, String error) {
        return completeCallback(token, "failed: " + error);
    }

    @Override
    public List<JobStep> steps(JobId id) {
        status(id);
        return steps.getOrDefault(id, List.of());
    }

    @Override
    public List<JobSignal> signals(JobId id) {
        status(id);
        return List.copyOf(signals);
    }

    @Override
    public Optional<Object> stepValue(JobId id, String name) {
        return step(id, name).characters() == 0 ? Optional.empty() : Optional.of(Map.of("pages", List.of(1, 2)));
    }

    private JobStep step(JobId id, String name) {
        return steps(id).stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ValidationException("unknown step '" + name + "': job " + id + " has none"));
    }

    /** A job that is at its third step, once more. */
    void worksInSteps(JobId id) {
        JobId child = new JobId(new UUID(0x01978f3c5c1e7c39L, 0x9d2a6f1b000000ffL));
        Instant later = CREATED.plusMillis(1_500);
        Instant until = CREATED.plusSeconds(3_600);
        steps.put(
                id,
                List.of(
                        new JobStep(
                                1,
                                "fetch",
                                StepKind.STEP,
                                1,
                                new JobStep.StepTimes(CREATED, later, null, false),
                                List.of(),
                                15,
                                0),
                        new JobStep(
                                2,
                                "children 1",
                                StepKind.CHILDREN,
                                1,
                                new JobStep.StepTimes(later, null, null, false),
                                List.of(child),
                                0,
                                0),
                        new JobStep(
                                3,
                                "sleep 1",
                                StepKind.SLEEP,
                                1,
                                new JobStep.StepTimes(later, later, until, false),
                                List.of(),
                                0,
                                0),
                        new JobStep(
                                4,
                                "signal go",
                                StepKind.SIGNAL,
                                2,
                                new JobStep.StepTimes(later, null, until, false),
                                List.of(),
                                0,
                                0),
                        new JobStep(
                                4,
                                "parse\u001b[2J",
                                StepKind.STEP,
                                1,
                                new JobStep.StepTimes(CREATED, later, null, false),
                                List.of(),
                                1,
                                1)));
    }

    @Override
    public List<StreamPiece> stream(JobId id, long after, int limit) {
        status(id);
        return pieces.stream()
                .filter(piece -> piece.position() > after)
                .limit(limit)
                .toList();
    }

    /** The job's handler emits a text. */
    void emit(int run, String text) {
        pieces.add(new StreamPiece(pieces.size() + 1L, run, CREATED, text));
    }
}
