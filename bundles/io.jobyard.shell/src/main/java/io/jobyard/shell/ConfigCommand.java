// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.Configurations.ConfigurationState;
import io.jobyard.settings.api.Configurations.ConfigurationValue;
import io.jobyard.settings.api.Configurations.ValueSource;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.ConfigurationView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:config",
        sortOptions = false,
        description = "Show the active configuration and its history, check a file, or roll a file back. Each value is"
                + " shown with its source: a file in etc/, Config Admin, the last valid configuration if the latest"
                + " is refused, or the default. Secrets are hidden. A check applies nothing; it exits with 1 if the"
                + " file would be refused. A rollback restores a file of etc/ as it was after a log entry, unless"
                + " the values were secrets.",
        customSynopsis = {
            "job:config [PID]",
            "       job:config check (FILE | -) [--pid PID]",
            "       job:config log [PID] [--limit N]",
            "       job:config rollback PID --to ENTRY"
        })
final class ConfigCommand extends UserCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID",
            description =
                    "Configuration to show, for example io.jobyard.worker or worker; limits shows all limits-NAME. Or an"
                            + " action: check, log or rollback.")
    @Nullable
    String pid;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "With check: the file, named as in etc/; - for standard input. With log and rollback: the PID.")
    @Nullable
    String file;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "With check: the PID to check against, if the file name does not contain it.")
    @Nullable
    String asPid;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "With log: maximum number of entries to list, newest first (1–10000; default 100).")
    @Nullable
    Integer limit;

    @Option(names = "--to", paramLabel = "ENTRY", description = "With rollback: the log entry whose state to restore.")
    @Nullable
    String to;

    static final String OURS = "io.jobyard.";

    @Override
    LocalOnly local() {
        return new LocalOnly("rollback", "log in to that machine and run bin/jobyard config rollback");
    }

    @Override
    Answer answer(CommandUser user) {
        String verb = String.valueOf(pid);
        require(verb.equals("check"), "check", "--pid", asPid);
        require(verb.equals("log"), "log", "--limit", limit);
        require(verb.equals("rollback"), "rollback", "--to", to);
        return switch (verb) {
            case "check" -> ConfigurationCheck.of(file, asPid, user);
            case "log" -> ConfigurationLog.of(file, limit, user);
            case "rollback" -> ConfigurationLog.rollback(file, to, user);
            default -> show(user);
        };
    }

    private static void require(boolean isGood, String verb, String option, @Nullable Object value) {
        if (value != null && !isGood) {
            throw new UsageException(option, "only job:config " + verb + " takes " + option);
        }
    }

    /** Adds the prefix of Jobyard's PIDs. */
    static String whole(String pid) {
        return pid.startsWith(OURS) ? pid : OURS + pid;
    }

    private Answer show(CommandUser user) {
        user.require(AccessRule.CONFIGURATION);
        if (file != null) {
            throw new UsageException("unexpected argument '" + file + "': put check, log or rollback before it");
        }
        List<ConfigurationState> all = user.host().configurations().all().stream()
                .filter(each -> pid == null || isMeant(each.name(), pid))
                .toList();
        ConfigurationView.AllConfigurations told = new ConfigurationView.AllConfigurations(
                all, user.host().configurations().factories());
        if (!all.isEmpty()) {
            return Answer.of(
                    ConfigurationView.CONFIGURATIONS, told, (each, screen) -> print(each, pid == null, screen));
        }
        String factory = told.factories().stream()
                .filter(name -> isMeant(name, String.valueOf(pid)))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown configuration '" + pid + "'"
                        + Spelling.hint(String.valueOf(pid), told.factories())
                        + "; job:config lists them"));
        return Answer.of(
                ConfigurationView.CONFIGURATIONS,
                told,
                "not configured; to configure it, create etc/" + factory + ".cfg");
    }

    private static boolean isMeant(String name, String pid) {
        String whole = whole(pid);
        return name.equals(whole) || name.startsWith(whole + "-");
    }

    private static void print(ConfigurationView.AllConfigurations all, boolean withFactories, Screen screen) {
        Table table = new Table("PID", "KEY", "VALUE", "SOURCE");
        List<ConfigurationState> told = all.configurations();
        told.forEach(each ->
                each.values().forEach(value -> table.row(each.name(), value.key(), value.value(), source(value))));
        table.print(screen);
        told.forEach(each -> each.problems().forEach(problem -> DoctorCommand.print("", problem, screen)));
        if (withFactories) {
            String factories = String.join(", ", all.factories());
            screen.lines(screen.wrapped("any number of these may be configured: " + factories, 2));
        }
    }

    private static String source(ConfigurationValue value) {
        String source =
                value.source() == ValueSource.FILE ? "etc/" + value.file() : ConfigurationView.words(value.source());
        return value.refused() == null ? source : source + ", refused: " + value.refused();
    }
}
