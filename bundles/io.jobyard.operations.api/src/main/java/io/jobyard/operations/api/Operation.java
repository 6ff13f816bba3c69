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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Declaration of an operation of the host. HTTP routes, the OpenAPI document, tools of agents, commands and reference pages are
 * derived from it. Immutable.
 */
public final class Operation {

    private static final Pattern PART = Pattern.compile("\\{([a-z]+)}");

    private final OperationBuilder declared;
    private final List<Input> inputs;
    private final List<String> pathInputs;
    private final Action action;

    /** Action of an operation. */
    @FunctionalInterface
    public interface Action {

        /**
         * Performs a call.
         *
         * @throws io.jobyard.api.JobyardException if the call fails; the message is for the caller
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
                all.add(Input.text(part, meaning(declared.path, part)).mandatory());
            }
        }
        all.addAll(declared.inputs);
        return List.copyOf(all);
    }

    /** Returns the meaning of a part of the path from the part before it, for example: name of the queue. */
    private static String meaning(String path, String part) {
        String[] parts = path.split("/");
        int index = Arrays.asList(parts).indexOf("{" + part + "}");
        String owner = parts[index - 1].replaceFirst("s$", "");
        if (part.equals("id")) {
            return owner + " ID, or its last characters";
        }
        return part.equals(owner) ? part : part + " of the " + owner;
    }

    /** Declares an operation that reads. */
    public static OperationBuilder get(String path, String name) {
        return new OperationBuilder(name, "GET", path);
    }

    /** Declares an operation that performs an action. */
    public static OperationBuilder post(String path, String name) {
        return new OperationBuilder(name, "POST", path);
    }

    /** Declares an operation that changes an existing object. */
    public static OperationBuilder patch(String path, String name) {
        return new OperationBuilder(name, "PATCH", path);
    }

    /** Declares an operation that removes an object. */
    public static OperationBuilder delete(String path, String name) {
        return new OperationBuilder(name, "DELETE", path);
    }

    /** Returns the name, for example {@code cancelJob}. */
    public String name() {
        return declared.name;
    }

    /** Returns a summary in one sentence. */
    public String summary() {
        return declared.summary;
    }

    /** Returns the HTTP method. */
    public String method() {
        return declared.method;
    }

    /** Returns the HTTP path, with inputs in braces. */
    public String path() {
        return declared.path;
    }

    /** Returns the subject: the first part of the path. */
    public String subject() {
        return declared.path.split("/")[1];
    }

    /** Returns the inputs, starting with the inputs of the path. */
    public List<Input> inputs() {
        return inputs;
    }

    /** Returns the inputs that are parts of the path. */
    public List<Input> pathInputs() {
        return inputs.stream()
                .filter(input -> pathInputs.contains(input.name()))
                .toList();
    }

    /** Returns the inputs that are not parts of the path. */
    public List<Input> otherInputs() {
        return inputs.stream()
                .filter(input -> !pathInputs.contains(input.name()))
                .toList();
    }

    /** Returns the job fields that are also inputs. */
    public List<JobField> jobFields() {
        return declared.jobFields;
    }

    /** Returns whether HTTP sends the inputs outside the path in a body. */
    public boolean hasBody() {
        return !method().equals("GET")
                && !method().equals("DELETE")
                && !(otherInputs().isEmpty() && jobFields().isEmpty());
    }

    /** Returns whether a call without any input outside the path is refused. */
    public boolean needsBody() {
        return jobFields().equals(JobField.ALL) || otherInputs().stream().anyMatch(Input::required);
    }

    /** Returns the view of the results, by HTTP status. */
    public Map<Integer, View<?>> answers() {
        return declared.answers;
    }

    /** Returns the access rules that apply. */
    public List<AccessRule> rules() {
        return declared.rules;
    }

    /** Returns how the host handles a repeated call. */
    public Repetition repetition() {
        return declared.repetition;
    }

    /** Returns whether a call can be conditional: performed only if the job has not changed since the client read it. */
    public boolean isConditional() {
        return declared.isConditional;
    }

    /** Returns whether the operation needs no authentication. */
    public boolean isForEverybody() {
        return declared.isForEverybody;
    }

    /** Returns whether the operation changes nothing. */
    public boolean reads() {
        return declared.repetition == Repetition.READS;
    }

    /** Returns the tool that agents see; null if the operation is not a tool. */
    public @Nullable AgentTool tool() {
        return declared.tool;
    }

    /** Performs a call. */
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
     * Checks the inputs of a call.
     *
     * @param given JSON by name
     * @param now the time of the call
     * @throws ValidationException if an input is unknown, missing, of the wrong type or out of range; names the input
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
                    throw new ValidationException(
                            input.name(), "missing " + input.name() + "; give " + input.definite());
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
                "unknown field '" + name + "'" + Spelling.hint(name, known)
                        + (known.isEmpty() ? "; " + name() + " has no fields" : "; use " + String.join(", ", known)));
    }
}
