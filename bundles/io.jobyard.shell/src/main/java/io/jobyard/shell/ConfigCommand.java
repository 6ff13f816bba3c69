// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.Operation;
import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.Configurations.Configured;
import io.jobyard.settings.api.Configurations.Source;
import io.jobyard.settings.api.Configurations.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code job:config}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "config")
public final class ConfigCommand extends JobCommand<ConfigCommand.Line> {

    @Command(
            name = "job:config",
            description =
                    "Show the configuration that is in force. Each value is told with where it comes from: a file in"
                            + " etc/, Config Admin, the last good configuration if the latest is refused, or the"
                            + " default. Secrets are hidden.")
    static final class Line extends UserOptions {

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "PID",
                description = "Only this one, such as io.jobyard.worker or worker; limits for all limits-NAME.")
        @Nullable
        String pid;
    }

    private static final String OURS = "io.jobyard.";

    private final Configurations configurations;
    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param configurations are shown
     * @param callers know whom it speaks for
     */
    @Activate
    public ConfigCommand(@Reference Configurations configurations, @Reference Callers callers) {
        super(Line::new);
        this.configurations = configurations;
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        callers.require(Operation.CONFIGURATION, options, screen);
        String pid = options.pid;
        List<Configured> all = configurations.all().stream()
                .filter(each -> pid == null || isMeant(each.name(), pid))
                .toList();
        List<String> factories = configurations.factories();
        if (all.isEmpty()) {
            String factory = factories.stream()
                    .filter(name -> isMeant(name, String.valueOf(pid)))
                    .findFirst()
                    .orElseThrow(
                            () -> new UsageException("there is no configuration '" + pid + "'; job:config lists them"));
            if (!options.json) {
                screen.line("nothing is configured; write etc/" + factory + ".cfg");
                return 0;
            }
        }
        if (options.json) {
            screen.json(Json.object(
                    "configurations", all.stream().map(ConfigCommand::json).toList(), "factories", factories));
        } else {
            print(all, screen);
            if (pid == null) {
                screen.lines(screen.wrapped("of these there may be any number: " + String.join(", ", factories), 2));
            }
        }
        return 0;
    }

    private static boolean isMeant(String name, String pid) {
        String whole = pid.startsWith(OURS) ? pid : OURS + pid;
        return name.equals(whole) || name.startsWith(whole + "-");
    }

    private static void print(List<Configured> all, Screen screen) {
        Table table = new Table("PID", "KEY", "VALUE", "SOURCE");
        all.forEach(each ->
                each.values().forEach(value -> table.row(each.name(), value.key(), value.value(), source(value))));
        table.print(screen);
        all.forEach(each -> each.problems().forEach(problem -> DoctorCommand.print("", problem, screen)));
    }

    private static String source(Value value) {
        String source = value.source() == Source.FILE ? "etc/" + value.file() : words(value.source());
        return value.refused() == null ? source : source + ", refused: " + value.refused();
    }

    private static String words(Source source) {
        return source.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, @Nullable Object> json(Configured configured) {
        return Json.object(
                "pid", configured.name(),
                "values", configured.values().stream().map(ConfigCommand::json).toList(),
                "problems", DoctorCommand.json(configured.problems()));
    }

    private static Map<String, @Nullable Object> json(Value value) {
        return Json.object(
                "key", value.key(),
                "value", value.value(),
                "source", words(value.source()),
                "file", value.file(),
                "refused", value.refused());
    }
}
