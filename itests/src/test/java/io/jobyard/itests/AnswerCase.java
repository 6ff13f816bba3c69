// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.DeclaredOperation.DeclaredInput;
import io.jobyard.itests.DeclaredOperation.InputPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Call of an operation with inputs that its declaration allows, or that it refuses.
 *
 * @param inputs JSON by name; a text may have placeholders in braces
 * @param field the invalid input; empty if all inputs are valid
 */
record AnswerCase(DeclaredOperation operation, String label, Map<String, Object> inputs, String field) {

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final String UNKNOWN = "zzz";

    /**
     * Returns the cases of an operation: the valid call, each required input left out, and each input with a wrong type or out of its
     * range; an input and an object that do not exist.
     */
    static List<AnswerCase> of(DeclaredOperation operation, Map<String, Object> valid) {
        List<AnswerCase> cases = new ArrayList<>(List.of(new AnswerCase(operation, "valid", valid, "")));
        for (DeclaredInput input : operation.inputs()) {
            if (input.place() == InputPlace.PATH) {
                String other = input.name().equals("id") ? NOBODY : "none-such-" + operation.name();
                cases.add(new AnswerCase(operation, "unknown " + input.name(), with(valid, input.name(), other), ""));
                continue;
            }
            if (input.required()) {
                Map<String, Object> fewer = new LinkedHashMap<>(valid);
                fewer.remove(input.name());
                cases.add(new AnswerCase(operation, "no " + input.name(), fewer, input.name()));
            }
            if (input.hasOneType() && (input.place() == InputPlace.BODY || !input.is("string") && !input.is("array"))) {
                Object wrong = input.is("string") || input.is("array") ? (Object) 7 : "x";
                cases.add(invalid(operation, valid, input, "of another type", wrong));
            }
            if (input.schema().has("minimum")) {
                cases.add(invalid(
                        operation,
                        valid,
                        input,
                        "too low",
                        input.schema().get("minimum").asLong() - 1));
            }
            if (input.schema().has("maximum")) {
                cases.add(invalid(
                        operation,
                        valid,
                        input,
                        "too high",
                        input.schema().get("maximum").asLong() + 1));
            }
        }
        cases.add(new AnswerCase(operation, "an unknown input", with(valid, UNKNOWN, 1), UNKNOWN));
        return cases;
    }

    private static AnswerCase invalid(
            DeclaredOperation operation, Map<String, Object> valid, DeclaredInput input, String how, Object value) {
        return new AnswerCase(operation, input.name() + " " + how, with(valid, input.name(), value), input.name());
    }

    private static Map<String, Object> with(Map<String, Object> valid, String name, Object value) {
        Map<String, Object> inputs = new LinkedHashMap<>(valid);
        inputs.put(name, value);
        return inputs;
    }

    /** Returns whether an operation without known valid inputs refuses this call before it acts. */
    boolean isRefusedFor(DeclaredOperation declared) {
        return field.equals(UNKNOWN) && declared.inputs().stream().noneMatch(input -> input.place() == InputPlace.PATH);
    }

    /** Returns whether the call may fail although its inputs are valid: it names something that does not exist. */
    boolean mayFail() {
        return inputs.containsValue("none");
    }

    @Override
    public String toString() {
        return operation.name() + ": " + label;
    }
}
