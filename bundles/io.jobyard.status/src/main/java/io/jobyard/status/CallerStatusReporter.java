// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Activity;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.DeployedFile;
import io.jobyard.api.EventCursor;
import io.jobyard.api.Explanation;
import io.jobyard.api.Finding;
import io.jobyard.api.GraphJob;
import io.jobyard.api.HandlerStatus;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.HostStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGraph;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobSignal;
import io.jobyard.api.JobStep;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Load;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.api.Pause;
import io.jobyard.api.PendingJob;
import io.jobyard.api.Progress;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.RunUse;
import io.jobyard.api.Statistics;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Operation;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.queue.LimitSight;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells one caller what it may see. */
class CallerStatusReporter implements StatusReporter {

    private final Caller caller;
    private final Access access;
    private final StatusReporterComponent all;
    private final Contents contents;
    private final LimitSight sight;

    CallerStatusReporter(Caller caller, Access access, StatusReporterComponent all) {
        this(caller, access, all, new Contents(caller, access, all));
    }

    CallerStatusReporter(Caller caller, Access access, StatusReporterComponent all, Contents contents) {
        this.caller = caller;
        this.access = access;
        this.all = all;
        this.contents = contents;
        sight = all.sight(caller);
    }

    @Override
    public Job status(JobId id) {
        return sight.shown(whole(id));
    }

    /** With values of limits that the caller may not see. */
    private Job whole(JobId id) {
        Job job = all.jobs.status(id);
        access.require(caller, Operation.VIEW, job);
        return job;
    }

    /** Only ids of jobs that the caller may see are found. A whole id needs no permission to be resolved. */
    @Override
    public JobId resolve(String idOrEnding) {
        if (access.allows(caller, Operation.VIEW, false)) {
            return all.jobs.resolve(idOrEnding);
        } else if (!IdEnding.isWhole(idOrEnding)) {
            access.require(caller, Operation.VIEW, caller.name(), "jobs");
        }
        return all.jobs.resolve(idOrEnding, caller.name());
    }

    @Override
    public JobPage find(JobQuery query) {
        JobPage page = all.jobs.find(query.withFilter(seen(query.filter())));
        return new JobPage(
                page.jobs().stream().map(sight::shown).toList(), page.next(), page.lookedBackTo(), page.asOf());
    }

    @Override
    public JobFacets facets(JobFilter filter) {
        return all.jobs.facets(seen(filter));
    }

    /** Those of them that the caller may see. */
    private JobFilter seen(JobFilter filter) {
        if (access.allows(caller, Operation.VIEW, false)) {
            return filter;
        }
        access.require(caller, Operation.OVERVIEW);
        for (String submitter : filter.submitters()) {
            if (!submitter.equals(caller.name())) {
                access.require(caller, Operation.VIEW, submitter, "jobs");
            }
        }
        return filter.withSubmitter(caller.name());
    }

    @Override
    public String queue(Job job) {
        access.require(caller, Operation.VIEW, job);
        return all.jobs.queue(job);
    }

    @Override
    public boolean hidesPayload(JobId id) {
        return contents.isHidden(seen(id));
    }

    @Override
    public Map<String, Object> payload(JobId id) {
        return contents.of(seen(id)).inObject(HiddenFields.PAYLOAD, all.jobs.payload(id));
    }

    @Override
    public List<JobId> dependencies(JobId id) {
        return all.jobs.dependencies(seen(id));
    }

    @Override
    public JobGraph graph(JobId id, int limit) {
        JobGraph graph = all.graphs.around(seen(id), limit, job -> access.allows(caller, Operation.VIEW, isOwn(job)));
        return new JobGraph(
                graph.jobs().stream()
                        .map(one -> new GraphJob(sight.shown(one.job()), one.distance(), one.waitsFor()))
                        .toList(),
                graph.notShown());
    }

    private boolean isOwn(Job job) {
        return job.submitter().equals(caller.name());
    }

    @Override
    public JobGroup group(String name, @Nullable String submitter) {
        String owner = submitter == null ? caller.name() : submitter;
        if (!access.allows(caller, Operation.VIEW, false)) {
            access.require(caller, Operation.OVERVIEW);
            access.require(caller, Operation.VIEW, owner, "jobs");
        }
        return all.jobs.group(owner, name);
    }

    @Override
    public List<JobId> endedBecauseOf(JobId id, int limit) {
        List<JobId> ended = all.jobs.endedBecauseOf(seen(id), limit);
        return access.allows(caller, Operation.VIEW, false) ? ended : all.jobs.ofSubmitter(ended, caller.name());
    }

    @Override
    public JobResult result(JobId id) {
        boolean hides = contents.isHidden(seen(id));
        JobResult all = this.all.jobs.result(id);
        Map<String, Object> result = all.result();
        if (result == null) {
            return all;
        }
        return hides ? all.withResult(null) : all.withResult(contents.of(id).inObject(HiddenFields.RESULT, result));
    }

    @Override
    public List<HistoryEvent> history(JobId id) {
        return all.jobs.history(seen(id));
    }

    @Override
    public Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids) {
        if (access.allows(caller, Operation.VIEW, false)) {
            return all.jobs.histories(ids);
        }
        access.require(caller, Operation.OVERVIEW);
        return all.jobs.histories(all.jobs.ofSubmitter(ids, caller.name()));
    }

    @Override
    public List<JobEvent> events(EventCursor after, int limit) {
        access.require(caller, Operation.FOLLOW);
        return all.jobs.events(after, limit);
    }

    @Override
    public EventCursor newestCursor() {
        access.require(caller, Operation.FOLLOW);
        return all.jobs.newestCursor();
    }

    @Override
    public List<LogLine> log(JobId id) {
        return all.jobs.log(seen(id));
    }

    @Override
    public List<NumberedLine> logAfter(JobId id, int after) {
        return all.jobs.log(seen(id), after);
    }

    @Override
    public List<JobStep> steps(JobId id) {
        return all.steps.steps(seen(id));
    }

    @Override
    public Optional<Object> stepValue(JobId id, String name) {
        HiddenFields hidden = contents.of(seen(id));
        return all.steps.value(id, name).map(value -> hidden.in(HiddenFields.STEPS, value));
    }

    @Override
    public List<JobSignal> signals(JobId id) {
        return all.steps.signals(seen(id));
    }

    @Override
    public List<StreamPiece> stream(JobId id, long after, int limit) {
        HiddenFields hidden = contents.of(seen(id));
        List<StreamPiece> pieces = all.steps.stream(id, after, limit);
        return hidden.concern(HiddenFields.STREAM)
                ? pieces.stream().map(Contents::hidden).toList()
                : pieces;
    }

    @Override
    public Map<Integer, String> stacks(JobId id) {
        return all.jobs.stacks(seen(id));
    }

    @Override
    public List<RunUse> uses(JobId id) {
        return all.usage.uses(seen(id)).stream().map(this::shown).toList();
    }

    @Override
    public List<RunUse> allUses(Instant since, Instant until, @Nullable RunUse after, int limit) {
        access.require(caller, Operation.FOLLOW);
        return all.usage.uses(since, until, after, limit).stream()
                .map(this::shown)
                .toList();
    }

    /** The model is a field of the payload. */
    private RunUse shown(RunUse use) {
        return use.run().model() == null
                        || sight.sees(
                                UsageReports.MODEL,
                                use.run().submitter(),
                                use.run().type())
                ? use
                : use.ofModel(HiddenFields.INSTEAD);
    }

    @Override
    public List<Usage> usage(UsageQuery query) {
        if (access.allows(caller, Operation.VIEW, false)) {
            return all.usage.usage(query, this::shown);
        }
        access.require(caller, Operation.OVERVIEW);
        String submitter = query.submitter();
        if (submitter != null && !submitter.equals(caller.name())) {
            access.require(caller, Operation.VIEW, submitter, "usage");
        }
        return all.usage.usage(query.withSubmitter(caller.name()), this::shown);
    }

    @Override
    public Explanation explain(JobId id) {
        Job job = whole(id);
        Explanation all = this.all.jobs.explain(id);
        return new Explanation(all.id(), all.status(), all.detail(), sight.shown(job, all.blockedBy()));
    }

    @Override
    public List<PendingJob> pending(JobFilter filter, int limit) {
        access.require(caller, Operation.OVERVIEW);
        if (limit < 1 || limit > PendingJob.MOST) {
            throw new ValidationException(
                    "limit = " + limit + " is out of range; use 1 to " + PendingJob.MOST + " for what is pending");
        }
        return PendingJobs.of(all.queue(), all.store, seen(filter), limit).stream()
                .map(pending -> new PendingJob(
                        pending.position(),
                        sight.shown(pending.job()),
                        sight.shown(pending.job(), pending.blockedBy())))
                .toList();
    }

    @Override
    public Optional<Progress> progress(JobId id) {
        return all.jobs.progress(seen(id));
    }

    @Override
    public Statistics statistics() {
        access.require(caller, Operation.OVERVIEW);
        Statistics now = all.statistics();
        return access.allows(caller, Operation.VIEW, false) ? now : ofSubmitter(now, caller.name());
    }

    /** Other submitters are shown only to callers who may see their jobs. */
    private static Statistics ofSubmitter(Statistics now, String submitter) {
        Long own = now.bySubmitter().get(submitter);
        return new Statistics(
                now.total(),
                now.byStatus(),
                now.byPriority(),
                now.queuedByPriority(),
                now.byQueue(),
                now.byType(),
                own == null ? Map.of() : Map.of(submitter, own),
                now.oldestReady());
    }

    @Override
    public Activity activity() {
        access.require(caller, Operation.OVERVIEW);
        return all.activity();
    }

    @Override
    public List<Load> load() {
        access.require(caller, Operation.OVERVIEW);
        return all.load();
    }

    @Override
    public List<Finding> doctor() {
        access.require(caller, Operation.DOCTOR);
        return all.doctor();
    }

    @Override
    public List<QueueStatus> queues() {
        access.require(caller, Operation.OVERVIEW);
        return all.queue().overview().queues();
    }

    @Override
    public List<Pause> pauses() {
        access.require(caller, Operation.OVERVIEW);
        return all.queue().overview().pauses();
    }

    @Override
    public List<LimitStatus> limits() {
        access.require(caller, Operation.OVERVIEW);
        return sight.limits(all.queue().overview());
    }

    @Override
    public List<CanaryStatus> canaries() {
        access.require(caller, Operation.OVERVIEW);
        return all.queue().overview().canaries();
    }

    @Override
    public List<HostStatus> hosts() {
        access.require(caller, Operation.OVERVIEW);
        return all.hosts();
    }

    @Override
    public List<HandlerStatus> handlers() {
        access.require(caller, Operation.OVERVIEW);
        boolean submits = access.allows(caller, Operation.SUBMIT, true);
        return all.handlers().stream()
                .map(handler -> submits && access.allowsType(caller, handler.type(), all.isPrivileged(handler.type()))
                        ? handler
                        : handler.notSubmittable())
                .toList();
    }

    @Override
    public List<DeployedFile> deployed() {
        access.require(caller, Operation.OVERVIEW);
        return all.examiners.deployed();
    }

    @Override
    public Optional<Map<String, Object>> schema(String type) {
        access.require(caller, Operation.OVERVIEW);
        return all.schema(type);
    }

    @Override
    public StatusReporter as(String user) {
        access.require(caller, Operation.IMPERSONATE);
        return new CallerStatusReporter(caller.as(user), access, all);
    }

    /** Reads the job only if the caller may not see all. */
    private JobId seen(JobId id) {
        return access.allows(caller, Operation.VIEW, false) ? id : whole(id).id();
    }
}
