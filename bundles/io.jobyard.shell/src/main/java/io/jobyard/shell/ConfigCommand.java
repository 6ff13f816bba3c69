// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.Operation;
import io.jobyard.settings.api.Configurations.Configured;
import io.jobyard.settings.api.Configurations.Source;
import io.jobyard.settings.api.Configurations.Value;
import io.jobyard.views.api.ConfigurationView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:config",
        description = "Show the configuration that is in force. Each value is told with where it comes from: a file in"
                + " etc/, Config Admin, the last good configuration if the latest is refused, or the"
                + " default. Secrets are hidden.")
final class ConfigCommand extends UserCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID",
            description = "Only this one, such as io.jobyard.worker or worker; limits for all limits-NAME.")
    @Nullable
    String pid;

    private static final String OURS = "io.jobyard.";

    @Override
    Answer answer(CommandUser user) {
        user.require(Operation.CONFIGURATION);
        List<Configured> all = user.host().configurations().all().stream()
                .filter(each -> pid == null || isMeant(each.name(), pid))
                .toList();
        ConfigurationView.All told =
                new ConfigurationView.All(all, user.host().configurations().factories());
        if (!all.isEmpty()) {
            return Answer.of(
                    ConfigurationView.CONFIGURATIONS, told, (each, screen) -> print(each, pid == null, screen));
        }
        String factory = told.factories().stream()
                .filter(name -> isMeant(name, String.valueOf(pid)))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException("there is no configuration '" + pid + "'; job:config lists them"));
        return Answer.of(
                ConfigurationView.CONFIGURATIONS, told, "nothing is configured; write etc/" + factory + ".cfg");
    }

    private static boolean isMeant(String name, String pid) {
        String whole = pid.startsWith(OURS) ? pid : OURS + pid;
        return name.equals(whole) || name.startsWith(whole + "-");
    }

    private static void print(ConfigurationView.All all, boolean withFactories, Screen screen) {
        Table table = new Table("PID", "KEY", "VALUE", "SOURCE");
        List<Configured> told = all.configurations();
        told.forEach(each ->
                each.values().forEach(value -> table.row(each.name(), value.key(), value.value(), source(value))));
        table.print(screen);
        told.forEach(each -> each.problems().forEach(problem -> DoctorCommand.print("", problem, screen)));
        if (withFactories) {
            String factories = String.join(", ", all.factories());
            screen.lines(screen.wrapped("of these there may be any number: " + factories, 2));
        }
    }

    private static String source(Value value) {
        String source = value.source() == Source.FILE ? "etc/" + value.file() : ConfigurationView.words(value.source());
        return value.refused() == null ? source : source + ", refused: " + value.refused();
    }
}
