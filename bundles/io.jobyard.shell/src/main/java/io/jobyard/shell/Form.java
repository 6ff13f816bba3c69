// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One way to call a command: the operation that it performs, the names of its arguments, and its text for people. Not
 * changed after its declaration.
 *
 * <p>A command with several forms takes the last form whose selector the user typed: a verb as the first argument, an
 * option, or an argument.
 */
final class Form {

    /**
     * Prints a result for people.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    interface Printer<T> {
        void print(T result, FormCall call, Screen screen);
    }

    /** Completes the inputs of a call, for example with a password that the user types. */
    @FunctionalInterface
    interface InputStep {
        void complete(Map<String, @Nullable Object> values, CommandUser user);
    }

    /**
     * Call of a form.
     *
     * @param call the call of the operation
     * @param result the result of the operation
     * @param flags the flags for the text that the user typed
     */
    record FormCall(OperationCall call, OperationResult result, Set<String> flags) {}

    final String operation;
    final Printer<Object> printer;
    final Map<String, String> words = new LinkedHashMap<>();
    final Set<String> hidden = new LinkedHashSet<>();
    final Set<String> files = new LinkedHashSet<>();
    String selector = "";
    /** The input that takes the options for the fields of a job as one object; null without one. */
    @Nullable
    String innerJob;

    InputStep preparation = (values, user) -> {};
    Predicate<Object> isFailure = result -> false;

    /**
     * Declares a form.
     *
     * @param operation the name of the operation
     * @param printer prints the operation's result
     */
    @SuppressWarnings("unchecked") // the printer is for the result of the operation
    <T> Form(String operation, Printer<T> printer) {
        this.operation = operation;
        this.printer = (Printer<Object>) printer;
    }

    /** Declares a form whose text needs only the result. */
    static <T> Form of(String operation, BiConsumer<T, Screen> printer) {
        return new Form(operation, (T result, FormCall call, Screen screen) -> printer.accept(result, screen));
    }

    /** Sets the verb, the option or the label of the argument that selects this form. */
    Form at(String word) {
        selector = word;
        return this;
    }

    /** Sets the option, or the label of the argument, for an input. Default: the name of the input. */
    Form named(String input, String word) {
        words.put(input, word);
        return this;
    }

    /** Sets the label of the argument for a JSON input, which the option {@code --file} reads from a file instead. */
    Form json(String input, String label) {
        files.add(input);
        return named(input, label);
    }

    /** Leaves out an input. */
    Form without(String input) {
        hidden.add(input);
        return this;
    }

    /** Sets the input that takes the options for the fields of a job as one object. */
    Form innerJob(String input) {
        innerJob = input;
        return without(input);
    }

    /** Sets the completion of the inputs. */
    Form after(InputStep step) {
        preparation = step;
        return this;
    }

    /** Sets the results for which the command exits with 1. */
    @SuppressWarnings("unchecked") // the test is for the result of the operation
    <T> Form failingIf(Predicate<T> test) {
        isFailure = (Predicate<Object>) test;
        return this;
    }

    boolean isVerb() {
        return !selector.isEmpty() && Character.isLowerCase(selector.charAt(0));
    }

    /** Returns the option or the label for an input. */
    String word(Input input, boolean isInPath) {
        String given = words.get(input.name());
        return given != null ? given : isInPath ? label(input) : option(input.name());
    }

    static String option(String input) {
        return "--" + input.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Returns the label of a value in the help. */
    static String label(Input input) {
        return switch (input.type()) {
            case WHOLE -> "N";
            case TIME -> "TIME";
            case DURATION -> "DURATION";
            case TEXTS_BY_NAME -> "K=V";
            default -> input.name().replaceAll("([A-Z])", "-$1").toUpperCase(Locale.ROOT);
        };
    }
}
