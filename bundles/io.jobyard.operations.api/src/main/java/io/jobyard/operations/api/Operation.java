// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Declaration of one thing that can be asked of the host. HTTP routes, the OpenAPI document, tools of agents, commands and reference pages are
 * derived from it. Immutable.
 */
public final class Operation {

    private static final Pattern PART = Pattern.compile("\\{([a-z]+)}");

    private final OperationBuilder declared;
    private final List<Input> inputs;
    private final List<String> pathInputs;
    private final Action action;

    /** Does what is asked. */
    @FunctionalInterface
    public interface Action {

        /**
         * Does what is asked.
         *
         * @throws io.jobyard.api.JobyardException if it cannot be done; the message is for the caller
         */
        OperationResult answer(OperationCall call);
    }

    Operation(OperationBuilder declared, Action action) {
        this(declared, inputs(declared), action);
    }

    private Operation(OperationBuilder declared, List<Input> inputs, Action action) {
        this.declared = declared;
        this.inputs = inputs;
        this.action = action;
        pathInputs = parts(declared.path);
    }

    private static List<String> parts(String path) {
        return PART.matcher(path).results().map(part -> part.group(1)).toList();
    }

    private static List<Input> inputs(OperationBuilder declared) {
        List<Input> all = new ArrayList<>();
        for (String part : parts(declared.path)) {
            if (declared.inputs.stream().noneMatch(input -> input.name().equals(part))) {
                all.add(Input.text(part, part.equals("id") ? "the job's id, or its last characters" : "")
                        .mandatory());
            }
        }
        all.addAll(declared.inputs);
        return List.copyOf(all);
    }

    /** An operation that reads. */
    public static OperationBuilder get(String path, String name) {
        return new OperationBuilder(name, "GET", path);
    }

    /** An operation that does something. */
    public static OperationBuilder post(String path, String name) {
        return new OperationBuilder(name, "POST", path);
    }

    /** An operation that changes something that exists. */
    public static OperationBuilder patch(String path, String name) {
        return new OperationBuilder(name, "PATCH", path);
    }

    /** An operation that removes something. */
    public static OperationBuilder delete(String path, String name) {
        return new OperationBuilder(name, "DELETE", path);
    }

    /** Its name, such as {@code cancelJob}. */
    public String name() {
        return declared.name;
    }

    /** What it does, in a sentence. */
    public String summary() {
        return declared.summary;
    }

    /** The method of HTTP. */
    public String method() {
        return declared.method;
    }

    /** The path in HTTP, with inputs in braces. */
    public String path() {
        return declared.path;
    }

    /** What it is about: the first part of its path. */
    public String subject() {
        return declared.path.split("/")[1];
    }

    /** The inputs, those of the path first. */
    public List<Input> inputs() {
        return inputs;
    }

    /** The inputs that are parts of the path. */
    public List<Input> pathInputs() {
        return inputs.stream()
                .filter(input -> pathInputs.contains(input.name()))
                .toList();
    }

    /** The inputs that are not parts of the path. */
    public List<Input> otherInputs() {
        return inputs.stream()
                .filter(input -> !pathInputs.contains(input.name()))
                .toList();
    }

    /** The fields of a job that are inputs too. */
    public List<JobField> jobFields() {
        return declared.jobFields;
    }

    /** Whether HTTP gives the inputs outside of the path in a body. */
    public boolean hasBody() {
        return !method().equals("GET")
                && !method().equals("DELETE")
                && !(otherInputs().isEmpty() && jobFields().isEmpty());
    }

    /** Whether a call without any input outside of the path is refused. */
    public boolean needsBody() {
        return jobFields().equals(JobField.ALL) || otherInputs().stream().anyMatch(Input::required);
    }

    /** The view of its results, by HTTP status. */
    public Map<Integer, View<?>> answers() {
        return declared.answers;
    }

    /** The rules of access that apply. */
    public List<AccessRule> rules() {
        return declared.rules;
    }

    /** What happens to a call that is sent again. */
    public Repetition repetition() {
        return declared.repetition;
    }

    /** Whether a client may make it only if the job is as the client read it. */
    public boolean isConditional() {
        return declared.isConditional;
    }

    /** Whether nobody need be signed in. */
    public boolean isForEverybody() {
        return declared.isForEverybody;
    }

    /** Whether it changes nothing. */
    public boolean reads() {
        return declared.repetition == Repetition.READS;
    }

    /** The tool that agents see; null if it is not offered to them. */
    public @Nullable AgentTool tool() {
        return declared.tool;
    }

    /** Makes a call. */
    public OperationResult answer(OperationCall call) {
        return action.answer(call);
    }

    /** Returns this operation with another action. */
    public Operation with(Action other) {
        return new Operation(declared, inputs, other);
    }

    /** Returns this operation with more inputs. */
    public Operation taking(Input... more) {
        return new Operation(
                declared, Stream.concat(inputs.stream(), Stream.of(more)).toList(), action);
    }

    /**
     * Checks what a call gives.
     *
     * @param given JSON by name
     * @param now the time of the call
     * @throws ValidationException if an input is unknown, missing, of another type or out of range; names it
     */
    public Inputs check(Map<String, @Nullable Object> given, Instant now) {
        given.keySet().stream().filter(name -> !isInput(name)).findFirst().ifPresent(name -> {
            throw unknown(name);
        });
        Map<String, @Nullable Object> checked = new LinkedHashMap<>(given);
        for (Input input : inputs) {
            @Nullable Object value = given.get(input.name());
            input.check(value);
            if (value == null && !(input.nullable() && given.containsKey(input.name()))) {
                checked.remove(input.name());
                if (input.required()) {
                    throw new ValidationException(input.name(), input.name() + " is missing; give " + input.meaning());
                }
            }
        }
        return new Inputs(checked, now);
    }

    private boolean isInput(String name) {
        return names().anyMatch(name::equals);
    }

    private Stream<String> names() {
        return Stream.concat(
                inputs.stream().map(Input::name), jobFields().stream().map(JobField::name));
    }

    private ValidationException unknown(String name) {
        List<String> others = names().filter(each -> !pathInputs.contains(each)).toList();
        List<String> known = others.isEmpty() ? pathInputs : others;
        return new ValidationException(
                FieldProblem.path("", name),
                "'" + name + "' is not known" + Spelling.hint(name, known)
                        + (known.isEmpty() ? "; " + name() + " takes nothing" : "; use " + String.join(", ", known)));
    }
}
