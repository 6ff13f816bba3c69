// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobyardException;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.operations.api.Operations;
import io.jobyard.shell.Form.FormCall;
import io.jobyard.shell.FormArguments.FormArgument;
import io.jobyard.views.api.RequestFault;
import io.jobyard.views.api.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Command that performs operations. Its arguments and its help are derived from their declarations. */
@Command
final class OperationCommand extends UserCommand {

    private final DerivedCommand declared;
    private final Operations operations;
    private final List<FormArguments> forms;
    private final FormSpec spec;
    private @Nullable FormArguments called;

    OperationCommand(DerivedCommand declared, Operations operations) {
        this.declared = declared;
        this.operations = operations;
        JobOptions innerJob = JobOptions.ofInnerJob();
        forms = declared.forms.stream()
                .map(form -> new FormArguments(form, DerivedCommand.operation(form, operations), innerJob))
                .toList();
        spec = new FormSpec(declared, forms);
    }

    /** Declares the command for an operation of another bundle. */
    static DerivedCommand command(Operation operation) {
        return new DerivedCommand(Form.option(operation.name()).substring(2), "")
                .form(new Form(
                        operation.name(),
                        (Object result, FormCall call, Screen screen) ->
                                PlainTable.print(call.result().json(), screen)));
    }

    @Override
    void addTo(CommandSpec command) {
        spec.addTo(command);
    }

    @Override
    Answer answer(CommandUser user) {
        FormArguments form = chosen();
        called = form;
        Set<String> given = spec.given();
        given.removeAll(form.optionNames());
        given.removeAll(declared.flags.keySet());
        if (!given.isEmpty()) {
            String option = given.iterator().next();
            throw new UsageException(option, option + " does not apply to " + shown(form) + "; omit it");
        }
        List<String> typed = spec.positionals();
        Map<String, @Nullable Object> values =
                form.values(form.form.isVerb() ? typed.subList(1, typed.size()) : typed, spec::texts, user);
        form.form.preparation.complete(values, user);
        OperationCall call = operations.call(form.operation, user.caller(), values);
        OperationResult result = form.operation.answer(call);
        FormCall formCall = new FormCall(call, result, flags());
        return new Answer(
                        screen -> screen.json(result.json()),
                        screen -> form.form.printer.print(result.thing(), formCall, screen),
                        0)
                .failedIf(form.form.isFailure.test(result.thing()));
    }

    private FormArguments chosen() {
        List<String> flags = declared.forms.stream()
                .map(form -> form.selector)
                .filter(declared.flags::containsKey)
                .filter(spec::isGiven)
                .toList();
        if (flags.size() > 1) {
            throw new UsageException(flags.get(0), String.join(" and ", flags) + " cannot be combined; give one");
        }
        FormArguments chosen = null;
        for (FormArguments each : forms) {
            String selector = each.form.selector;
            if (selector.isEmpty() ? chosen == null : spec.isGiven(selector)) {
                chosen = each;
            }
        }
        if (chosen == null) {
            String verb = spec.positionals().isEmpty() ? "" : spec.positionals().get(0);
            throw UsageException.verb(verb, "job:" + declared.name, declared.verbs());
        }
        return chosen;
    }

    private Set<String> flags() {
        Set<String> given = new LinkedHashSet<>(declared.flags.keySet());
        given.removeIf(flag -> !spec.isGiven(flag));
        return given;
    }

    private String shown(FormArguments form) {
        return ("job:" + declared.name + " " + form.form.selector).strip();
    }

    /** Names the options and arguments that the user typed instead of the inputs. */
    @Override
    RequestFault fault(JobyardException fault) {
        RequestFault told = RequestFault.of(fault);
        FormArguments form = called;
        return form == null ? told : renamed(told, form);
    }

    static RequestFault renamed(RequestFault told, FormArguments form) {
        String line = told.line();
        List<FieldProblem> problems = new ArrayList<>();
        for (FieldProblem each : told.errors()) {
            String name = each.field().replaceFirst("^(?:job|change|filter)\\.", "");
            String word = form.word(name);
            if (word == null) {
                problems.add(each);
            } else {
                problems.add(new FieldProblem(word, replaced(each.message(), name, word)));
                line = replaced(line, name, word);
            }
        }
        for (FormArgument each : form.options) {
            String name = each.input().name();
            if (!name.equals(name.toLowerCase(Locale.ROOT))) { // no word of a sentence
                line = line.replace(name, each.word());
            }
        }
        return new RequestFault(told.code(), told.status(), line, problems, told.retryAt());
    }

    private static String replaced(String text, String name, String word) {
        return Pattern.compile("(?<=^missing )" + Pattern.quote(name) + "(?=[;:])|(?<![\\w.'-])" + Pattern.quote(name)
                        + "(?= (?:=|is|must|cannot))")
                .matcher(text)
                .replaceFirst(Matcher.quoteReplacement(word));
    }

    /** Returns the views of the answers. */
    static List<View<?>> views(DerivedCommand declared, Operations operations) {
        return declared.forms.stream()
                .flatMap(form -> DerivedCommand.operation(form, operations).answers().values().stream())
                .<View<?>>map(view -> view)
                .distinct()
                .toList();
    }
}
