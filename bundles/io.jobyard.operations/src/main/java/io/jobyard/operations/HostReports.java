// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.HandlerStatus;
import io.jobyard.api.NotFoundException;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.SampleStep;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.UsageQuery.Period;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.CanaryView;
import io.jobyard.views.api.FindingView;
import io.jobyard.views.api.GroupView;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.HostView;
import io.jobyard.views.api.PayloadSchemas;
import io.jobyard.views.api.SampleView;
import io.jobyard.views.api.StatisticsView;
import io.jobyard.views.api.UsageView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Operations that report on hosts and handlers, drain hosts and release bundles. */
final class HostReports {

    private static final Duration LATELY = Duration.ofDays(30);
    private static final Duration LAST_HOUR = Duration.ofHours(1);
    private static final Duration LAST_WEEK = Duration.ofDays(7);

    static final List<Operation> ALL = List.of(
            Operation.get("/handlers", "listHandlers")
                    .says("List handlers, types without a handler, and the files in deploy/.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, HandlerView.HANDLERS)
                    .by(call -> OperationResult.of(
                            HandlerView.HANDLERS,
                            new HandlerView.AllHandlers(
                                    call.status().handlers(), call.status().deployed()))),
            Operation.get("/types", "listTypes")
                    .says("List the types of jobs, with the JSON Schema of the payload of each.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, HandlerView.TYPES)
                    .by(call -> OperationResult.of(HandlerView.TYPES, PayloadSchemas.of(call.status()))),
            Operation.get("/types/{type}", "getType")
                    .says("Show the handlers of a type, and the JSON Schema of its payload.")
                    .needs(AccessRule.OVERVIEW)
                    .takes(Input.text("type", "job type").mandatory())
                    .answers(200, HandlerView.HANDLERS_OF_TYPE)
                    .by(HostReports::type),
            Operation.get("/groups/{name}", "getGroup")
                    .says("Show the progress of a job group.")
                    .needs(AccessRule.VIEW)
                    .takes(Input.text("submitter", "owner of the group; default: the caller"))
                    .answers(200, GroupView.GROUP)
                    .by(call -> OperationResult.of(
                            GroupView.GROUP,
                            call.status()
                                    .group(
                                            call.inputs().needed("name"),
                                            call.inputs().text("submitter")))),
            Operation.get("/usage", "getUsage")
                    .says(
                            "Show usage of runs, for example tokens or money. A run counts in the period in which it began.")
                    .needs(AccessRule.OVERVIEW)
                    .takes(
                            Input.text(
                                            "by",
                                            "keys of the sums, separated by commas: user, type, model (the text under model of the payload)"
                                                    + " or label.NAME")
                                    .byDefault("user"),
                            Input.text("per", "period of each sum").among(List.of("day", "week", "month")),
                            Input.of(
                                            "since",
                                            InputType.TIME,
                                            "only runs that began at or after this time: an instant, a time of day, or an age such as 7d")
                                    .byDefault("30d"),
                            Input.of(
                                    "until",
                                    InputType.TIME,
                                    "only runs that began before this time, in the form of since; default: now"),
                            Input.text(
                                    "zone",
                                    "time zone in which days begin, for example Europe/Berlin; default: the host's zone"),
                            Input.text("user", "only jobs of this user"),
                            Input.text("type", "only jobs of this type"),
                            Input.text("unit", "only this unit"))
                    .answers(200, UsageView.USAGE)
                    .by(HostReports::usage),
            Operation.get("/statistics", "getStatistics")
                    .says(
                            "Count jobs by status, queue, type, priority and submitter, and show recent rates, wait times, run times and load.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, StatisticsView.STATISTICS)
                    .by(call -> OperationResult.of(
                            StatisticsView.STATISTICS, StatisticsView.StatisticsNumbers.of(call.status()))),
            Operation.get("/samples", "listSamples")
                    .says("Show the numbers of queued, running and failed jobs over time, by queue and type.")
                    .needs(AccessRule.OVERVIEW)
                    .takes(
                            Input.text(
                                            "step",
                                            "interval of the samples; those of a minute are kept for a day, and the averages of an hour for 90 days")
                                    .among(Stream.of(SampleStep.values())
                                            .map(SampleStep::text)
                                            .toList())
                                    .byDefault(SampleStep.MINUTE.text()),
                            Input.of(
                                    "since",
                                    InputType.TIME,
                                    "only samples from this time on: an instant, a time of day, or an age such as 2h; default: 1h, or 7d with the step hour"),
                            Input.of(
                                    "until",
                                    InputType.TIME,
                                    "only samples from before this time, in the same form; default: now"),
                            Input.text("queue", "only counts of this queue"),
                            Input.text("type", "only counts of this type"))
                    .answers(200, SampleView.SAMPLES)
                    .by(HostReports::samples),
            Operation.get("/hosts", "listHosts")
                    .says("List the hosts that share the database, and the load of each.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, HostView.HOSTS)
                    .by(call -> OperationResult.of(HostView.HOSTS, call.status().hosts())),
            Operation.post("/hosts/{name}/drain", "drainHost")
                    .says("Let a host finish its runs and start no more; listHosts shows when it is idle.")
                    .needs(AccessRule.DRAIN)
                    .answers(200, HostView.DRAIN)
                    .by(call -> {
                        call.jobs().drain(call.inputs().needed("name"));
                        return drain(call, true);
                    }),
            Operation.post("/hosts/{name}/end-drain", "endDrain")
                    .says("Let a drained host start jobs again.")
                    .needs(AccessRule.DRAIN)
                    .answers(200, HostView.DRAIN)
                    .by(call -> {
                        call.jobs().endDrain(call.inputs().needed("name"));
                        return drain(call, false);
                    }),
            Operation.get("/canaries", "listCanaries")
                    .says("List canary versions, and compare the outcomes of their runs with those of other versions.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, CanaryView.CANARIES)
                    .by(call -> OperationResult.of(
                            CanaryView.CANARIES, call.status().canaries())),
            Operation.post("/bundles/{bundle}/release", "releaseBundle")
                    .says("Release a quarantined bundle.")
                    .needs(AccessRule.RELEASE)
                    .takes(Input.text(
                                    "bundle",
                                    "symbolic name of the bundle, for all versions; or 'NAME VERSION' for one version, as the list of handlers shows it")
                            .mandatory())
                    .answers(200, HandlerView.RELEASED)
                    .by(call -> {
                        call.jobs().release(call.inputs().needed("bundle"));
                        return OperationResult.of(
                                HandlerView.RELEASED, call.inputs().needed("bundle"));
                    }),
            Operation.get("/doctor", "askDoctor")
                    .says("List problems and how to fix them.")
                    .needs(AccessRule.DOCTOR)
                    .answers(200, FindingView.FINDINGS)
                    .by(call -> OperationResult.of(
                            FindingView.FINDINGS, call.status().doctor())));

    private HostReports() {}

    private static OperationResult drain(OperationCall call, boolean drains) {
        return OperationResult.of(
                HostView.DRAIN, new HostView.Drain(call.inputs().needed("name"), drains));
    }

    private static OperationResult type(OperationCall call) {
        StatusReporter status = call.status();
        String type = call.inputs().needed("type");
        List<HandlerStatus> all = status.handlers();
        List<HandlerStatus> handlers =
                all.stream().filter(handler -> handler.type().equals(type)).toList();
        if (handlers.isEmpty()) {
            List<String> types = all.stream().map(HandlerStatus::type).toList();
            throw new NotFoundException("unknown type " + type + Spelling.hint(type, types)
                    + ": no handler serves it, and no job waits for one");
        }
        return OperationResult.of(
                HandlerView.HANDLERS_OF_TYPE,
                new HandlerView.OfType(handlers, status.schema(type).orElse(null)));
    }

    private static OperationResult samples(OperationCall call) {
        Inputs inputs = call.inputs();
        SampleStep step = SampleStep.of(Objects.requireNonNullElse(inputs.text("step"), SampleStep.MINUTE.text()));
        SampleQuery query = new SampleQuery(
                step,
                Objects.requireNonNullElse(
                        inputs.past("since"), call.now().minus(step == SampleStep.HOUR ? LAST_WEEK : LAST_HOUR)),
                Objects.requireNonNullElse(inputs.past("until"), call.now()),
                inputs.text("queue"),
                inputs.text("type"));
        return OperationResult.of(
                SampleView.SAMPLES,
                new SampleView.AnsweredSamples(query, call.status().samples(query)));
    }

    private static OperationResult usage(OperationCall call) {
        Inputs inputs = call.inputs();
        Instant since =
                Objects.requireNonNullElse(inputs.past("since"), call.now().minus(LATELY));
        Instant until = Objects.requireNonNullElse(inputs.past("until"), call.now());
        String by = inputs.text("by");
        String per = inputs.text("per");
        String zone = inputs.text("zone");
        UsageQuery usage = new UsageQuery(
                since,
                until,
                by == null ? List.of("user") : Arrays.asList(by.split(",")),
                per == null ? null : Period.of(per),
                zone == null ? ZoneId.systemDefault() : ScheduleInputs.zone(zone),
                inputs.text("user"),
                inputs.text("type"),
                inputs.text("unit"));
        return OperationResult.of(
                UsageView.USAGE,
                new UsageView.AnsweredUsage(usage, call.status().usage(usage)));
    }
}
