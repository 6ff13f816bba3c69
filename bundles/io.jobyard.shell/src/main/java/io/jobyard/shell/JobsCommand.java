// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkPreview;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobyardException;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.operations.api.Operations;
import io.jobyard.views.api.BulkView;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ChangeView.Changed;
import io.jobyard.views.api.ErrorView.Refusal;
import io.jobyard.views.api.Reported;
import io.jobyard.views.api.RequestFault;
import io.jobyard.views.api.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Command that changes jobs: each job of the given IDs with an operation, or all jobs that a filter selects. */
@Command
final class JobsCommand extends UserCommand {

    private static final String DRY_RUN = "--dry-run";

    private final JobsChange declared;
    private final Operations operations;
    private final @Nullable FormArguments each;
    private final FormArguments filter;
    private final FormSpec spec;
    private final PositionalParamSpec ids = PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .paramLabel("ID")
            .description("Job IDs, or their last characters.")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build();

    /**
     * Declaration of the command.
     *
     * @param name its name without the scope
     * @param description its effect, in sentences
     * @param action the action of a bulk change
     * @param each the form for one job, whose operation has the input {@code id}; null if only a filter selects jobs
     * @param filter the form for the filter
     */
    record JobsChange(
            String name,
            String description,
            String action,
            @Nullable Form each,
            Form filter) {}

    JobsCommand(JobsChange declared, Operations operations) {
        this.declared = declared;
        this.operations = operations;
        Form one = declared.each();
        each = one == null ? null : arguments(one);
        filter = arguments(declared.filter());
        DerivedCommand both = new DerivedCommand(declared.name(), declared.description())
                .flag(DRY_RUN, "With a filter: count the jobs and show ten, without changing any.");
        spec = new FormSpec(
                both, Stream.of(each, filter).filter(Objects::nonNull).toList());
    }

    private FormArguments arguments(Form form) {
        return new FormArguments(form, DerivedCommand.operation(form, operations), JobOptions.ofInnerJob());
    }

    @Override
    void addTo(CommandSpec command) {
        spec.addTo(command);
        String name = "job:" + declared.name();
        if (each == null) {
            command.usageMessage().customSynopsis(name + " FILTER [--dry-run]");
        } else {
            command.addPositional(ids);
            command.usageMessage()
                    .customSynopsis(name + " ID... [OPTIONS]", "       " + name + " FILTER [--dry-run] [OPTIONS]");
        }
    }

    @Override
    Answer answer(CommandUser user) {
        List<String> named = ids.originalStringValues();
        FormArguments one = each;
        Map<String, @Nullable Object> changes = one == null ? Map.of() : one.values(List.of(), spec::texts, user);
        Map<String, @Nullable Object> selected = filter.values(List.of(), spec::texts, user);
        boolean isDry = spec.isGiven(DRY_RUN);
        if (one != null && one.jobOptions != null && changes.isEmpty()) {
            throw new UsageException("nothing to change: give " + one.jobOptions.names());
        } else if (!named.isEmpty() && (!selected.isEmpty() || isDry)) {
            throw new UsageException("IDs and a filter cannot be combined; give one");
        } else if (named.isEmpty() && selected.isEmpty()) {
            throw new UsageException(
                    "missing jobs: give IDs, or a filter such as --status, --type, --label or --since");
        }
        return one == null || named.isEmpty() ? bulk(user, selected, changes, isDry) : each(user, one, named, changes);
    }

    private Answer bulk(
            CommandUser user,
            Map<String, @Nullable Object> selected,
            Map<String, @Nullable Object> changes,
            boolean isDry) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("action", declared.action());
        values.put("filter", selected);
        if (each != null && each.jobOptions != null) {
            values.put("change", changes);
        } else if (each != null && !changes.isEmpty()) {
            String word = each.word(changes.keySet().iterator().next());
            throw new UsageException(word, word + " requires IDs");
        }
        OperationResult result = operations.perform(isDry ? "previewBulk" : "beginBulk", user.caller(), values);
        return new Answer(
                screen -> screen.json(result.json()), screen -> print(result.thing(), declared.action(), screen), 0);
    }

    private Answer each(
            CommandUser user, FormArguments one, List<String> named, Map<String, @Nullable Object> changes) {
        List<Changed> changed = new ArrayList<>();
        for (String id : named) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(changes);
            values.put("id", id);
            try {
                changed.add(changed(operations.perform(one.form.operation, user.caller(), values)));
            } catch (JobyardException e) {
                if (named.size() == 1) {
                    throw e;
                }
                changed.add(new Changed(List.of(), List.of(new Refusal(id, e))));
            }
        }
        Changed all = new Changed(
                changed.stream().flatMap(each -> each.jobs().stream()).toList(),
                changed.stream().flatMap(each -> each.errors().stream()).toList());
        return Answer.of(ChangeView.CHANGED, all, (same, screen) -> {
                    changed.forEach(each -> print(each, screen));
                    all.errors()
                            .forEach(error ->
                                    screen.error(String.valueOf(error.cause().getMessage())));
                    RetriedNotes.print(declared.name(), changed, user, screen);
                })
                .failedIf(!all.errors().isEmpty());
    }

    /** Returns the result of an operation, which answers the changes or the changed job. */
    private static Changed changed(OperationResult result) {
        return result.thing() instanceof Reported<?> job
                ? new Changed(List.of((Job) job.what()), List.of())
                : (Changed) result.thing();
    }

    /** Prints the first job. Other jobs are its dependents. */
    private static void print(Changed changed, Screen screen) {
        changed.jobs().stream().limit(1).forEach(job -> print(job, screen));
        int others = changed.jobs().size() - 1;
        if (others > 0) {
            screen.line("and " + RetriedNotes.count(others) + " that ended because of "
                    + changed.jobs().get(0).id());
        }
    }

    private static void print(Job job, Screen screen) {
        screen.painted(job.id() + " " + screen.paint(Screen.plain(JobText.state(job))));
    }

    private static void print(Object result, String action, Screen screen) {
        if (result instanceof BulkStatus bulk) {
            screen.line("bulk " + bulk.number() + " started; job:bulk " + bulk.number() + " shows its progress");
            return;
        }
        BulkPreview preview = (BulkPreview) ((Reported<?>) result).what();
        preview.first().forEach(job -> print(job, screen));
        screen.line("would " + action + ": " + RetriedNotes.count(preview.jobs())
                + (preview.isAll() ? "" : " at least; not all jobs were checked"));
    }

    static List<View<?>> views(JobsChange change) {
        return change.each() == null
                ? List.of(BulkView.PREVIEW, BulkView.BULK)
                : List.of(ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK);
    }

    @Override
    RequestFault fault(JobyardException fault) {
        RequestFault told = OperationCommand.renamed(RequestFault.of(fault), filter);
        return each == null ? told : OperationCommand.renamed(told, each);
    }
}
