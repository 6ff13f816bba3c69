// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.Stub;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationCall.CallOrigin;
import io.jobyard.operations.api.OperationCall.CallServices;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.operations.api.Operations;
import io.jobyard.settings.api.command.CommandFiles;
import io.jobyard.settings.api.command.ShellCall;
import io.jobyard.settings.api.command.UnreadableFileException;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.views.api.View;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandProcessor;
import org.jline.reader.Candidate;
import org.jline.reader.Parser.ParseContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class OperationCommandTest {

    private static final View<List<String>> GREETING = View.<List<String>>of("greeting", "A greeting.")
            .text("greeting", "the words", words -> words.get(0))
            .number("times", "how often", words -> words.size());

    private static final Operation GREET = Operation.get("/greetings/{name}", "greetGuest")
            .says("Greet a guest.")
            .needs(AccessRule.OVERVIEW)
            .takes(
                    Input.text("name", "the guest").mandatory(),
                    Input.whole("howOften", "repetitions of the greeting", 1, 3).mandatory(),
                    Input.of("titles", InputType.TEXTS, "titles of the guest"))
            .answers(200, GREETING)
            .by(call -> OperationResult.of(
                    GREETING,
                    List.of(
                            "hello " + String.join(" ", call.inputs().texts("titles")) + " "
                                    + call.inputs().needed("name") + " from "
                                    + call.caller().name(),
                            "again")));

    @TempDir
    Path directory;

    private Contributed operations;
    private TestShell shell;

    @BeforeEach
    void offer() {
        shell = new TestShell(directory);
        operations = new Contributed();
        shell.services.put(Operations.class, operations);
        operations.change(List.of(GREET));
    }

    @Test
    void itsCommandTakesItsInputsAsArgumentAndOptions() {
        assertThat(call("greet-guest", "bea", "--how-often", "2", "--titles", "Dr")
                        .out())
                .contains("greeting", "hello Dr bea from ann")
                .contains("times");
        assertThat(call("greet-guest", "bea", "--how-often", "2", "--json").out())
                .isEqualTo("{\"greeting\":\"hello  bea from ann\",\"times\":2}\n");
    }

    @Test
    void wrongInputsAreNamed() {
        assertThat(call("greet-guest", "bea").err())
                .contains("missing --how-often; give the repetitions of the greeting");
        assertThat(call("greet-guest", "bea", "--how-often", "9").err())
                .contains("--how-often = 9 is out of range; use 1 to 3");
        assertThat(call("greet-guest", "bea", "--how-often", "two").err()).contains("--how-often = 'two'");
        assertThat(call("greet-guest", "bea", "--how-often", "2", "--title", "x")
                        .err())
                .contains("did you mean '--titles'?");
    }

    @Test
    void itIsInHelpAndCompletedAsLongAsItExists() {
        assertThat(call("help").out()).contains("greet-guest", "Greet a guest.");
        assertThat(call("help", "greet-guest").out()).contains("NAME", "The guest.", "--how-often");
        assertThat(completed("gre")).contains("greet-guest");
        assertThat(completed("greet-guest --h")).contains("--how-often", "--titles");
        operations.change(List.of());
        assertThat(call("help").out()).doesNotContain("greet-guest");
        assertThat(completed("gre")).doesNotContain("greet-guest");
        assertThat(call("greet-guest", "bea", "--how-often", "1").err()).startsWith("unknown command 'greet-guest'");
    }

    @Test
    void gogoOffersItsCommandAsLongAsItExistsAndNoneOfTheNameOfAnother() {
        List<Object> registered = new ArrayList<>();
        BundleContext context = Stub.<BundleContext>of(BundleContext.class)
                .on("registerService", arguments -> {
                    Object name = ((Dictionary<?, ?>) arguments[2]).get(CommandProcessor.COMMAND_FUNCTION);
                    registered.add(name);
                    return Stub.<ServiceRegistration<?>>of(ServiceRegistration.class)
                            .on("unregister", none -> registered.remove(name) ? null : null)
                            .get();
                })
                .get();
        ContributedCommands commands = new ContributedCommands(context, shell.host, operations);
        assertThat(registered).containsExactly("greet-guest");
        operations.change(List.of(
                GREET,
                Operation.get("/other", "list")
                        .needs(AccessRule.OVERVIEW)
                        .says("Other.")
                        .by(call -> {
                            throw new IllegalStateException();
                        })));
        assertThat(registered).containsExactly("greet-guest");
        operations.change(List.of());
        assertThat(registered).isEmpty();
        operations.change(List.of(GREET));
        commands.unregister();
        assertThat(registered).isEmpty();
        operations.change(List.of(GREET));
        assertThat(registered).isEmpty();
    }

    private TestShell.Answer call(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandFiles none = name -> {
            throw new UnreadableFileException(name);
        };
        int exit = new RemoteCommands(shell.host)
                .run(new ShellCall(Caller.user("ann"), List.of(words), 80, none, out, err));
        return new TestShell.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private List<String> completed(String line) {
        return new Completion(new CompletionValues(shell.jobs, shell.configurations), shell.host)
                        .candidates(
                                TerminalSession.parser().parse(line, line.length(), ParseContext.COMPLETE), directory)
                        .stream()
                        .map(Candidate::value)
                        .toList();
    }

    /** Operations of the host and of one other bundle. */
    private final class Contributed implements Operations {

        private final Operations own = shell.host.operations();
        private final List<Runnable> listeners = new ArrayList<>();
        private List<Operation> now = List.of();

        void change(List<Operation> to) {
            now = to;
            List.copyOf(listeners).forEach(Runnable::run);
        }

        @Override
        public List<Operation> all() {
            return Stream.concat(own.all().stream(), now.stream()).toList();
        }

        @Override
        public List<Operation> contributed() {
            return now;
        }

        @Override
        public Runnable onChange(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        @Override
        public OperationCall call(Operation operation, Caller caller, Map<String, @Nullable Object> values) {
            return new OperationCall(
                    caller,
                    operation.check(values, FakeJobs.CREATED),
                    new CallServices(shell.jobs, shell.jobs, () -> shell.schedules, seen -> shell.jobs),
                    CallOrigin.LOCAL,
                    (jobs, sent) -> List.of());
        }
    }
}
