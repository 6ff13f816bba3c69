// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.operations.api.Operations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Command for an operation of another bundle. The inputs in the operation's path are arguments, all others are
 * options.
 */
@Command
final class OperationCommand extends UserCommand {

    private final Operation operation;
    private final Operations operations;
    private final Map<Input, ArgSpec> arguments = new LinkedHashMap<>();

    OperationCommand(Operation operation, Operations operations) {
        this.operation = operation;
        this.operations = operations;
    }

    /** Returns the command's name without the scope: {@code send-thing} for {@code sendThing}. */
    static String function(Operation operation) {
        return operation.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    void addTo(CommandSpec command) {
        command.name("job:" + function(operation));
        command.usageMessage().description(operation.summary());
        int position = 0;
        for (Input input : operation.pathInputs()) {
            PositionalParamSpec argument = PositionalParamSpec.builder()
                    .index(String.valueOf(position++))
                    .paramLabel(input.name().toUpperCase(Locale.ROOT))
                    .description(sentence(input))
                    .arity("1")
                    .type(String.class)
                    .build();
            arguments.put(input, argument);
            command.addPositional(argument);
        }
        for (Input input : operation.otherInputs()) {
            OptionSpec option = OptionSpec.builder(
                            "--" + input.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                    .paramLabel("VALUE")
                    .description(sentence(input))
                    .arity("1")
                    .required(input.required())
                    .type(input.type().hasMany() ? List.class : String.class)
                    .auxiliaryTypes(String.class)
                    .build();
            arguments.put(input, option);
            command.addOption(option);
        }
    }

    private static String sentence(Input input) {
        String meaning = String.valueOf(input.schema().get("description"));
        return meaning.isEmpty()
                ? "The " + input.name() + "."
                : Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
    }

    @Override
    Answer answer(CommandUser user) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        arguments.forEach((input, argument) -> {
            if (!argument.originalStringValues().isEmpty()) {
                values.put(input.name(), input.type().json(argument.originalStringValues()));
            }
        });
        OperationResult result = operation.answer(operations.call(operation, user.caller(), values));
        return new Answer(screen -> screen.json(result.json()), screen -> print(result.json(), screen), 0);
    }

    private static void print(Map<String, @Nullable Object> json, Screen screen) {
        Table table = new Table("FIELD", "VALUE");
        json.forEach((field, value) -> {
            if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> first) {
                print(list, first, screen);
            } else {
                table.row(field, value);
            }
        });
        table.print(screen);
    }

    private static void print(List<?> things, Map<?, ?> first, Screen screen) {
        Table table = new Table(first.keySet().stream()
                .map(field -> field.toString().toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        things.forEach(thing -> table.row(((Map<?, ?>) thing).values().toArray()));
        table.print(screen);
    }
}
