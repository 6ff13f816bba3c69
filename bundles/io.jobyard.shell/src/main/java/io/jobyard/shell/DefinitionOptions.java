// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ValidationException;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.LimitView;
import io.jobyard.views.api.RequestFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** Options that change a limit or a queue. */
final class DefinitionOptions {

    static final List<String> WHAT = List.of("set", "remove");

    @Parameters(index = "0", paramLabel = "VERB", description = "set or remove.")
    String what = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Name of the queue or limit.")
    String name = "";

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "With set: keys as in its file, for example running.max=2; KEY= removes a key.")
    List<String> settings = List.of();

    /** Makes the change. */
    Answer run(String kind, BiConsumer<String, Map<String, String>> set, Consumer<String> remove, String afterwards) {
        switch (what) {
            case "set" -> {
                Map<String, String> wanted = settings();
                try {
                    set.accept(name, wanted);
                } catch (ValidationException e) {
                    return refused(e);
                }
                return done(kind, "set", kind + " " + name + " is set; job:" + kind + "s shows it");
            }
            case "remove" -> {
                if (!settings.isEmpty()) {
                    throw new UsageException("remove takes only a name; to remove a key, use set with KEY=");
                }
                remove.accept(name);
                return done(kind, "removed", kind + " " + name + " removed; " + afterwards);
            }
            default -> throw UsageException.verb(what, "a " + kind, WHAT);
        }
    }

    private Answer done(String kind, String state, String text) {
        return Answer.of(LimitView.DEFINED, new LimitView.Defined(kind, name, state), text);
    }

    /** Returns the answer for a refused change, with one line for each invalid value. */
    private static Answer refused(ValidationException refusal) {
        RequestFault fault = RequestFault.of(refusal);
        return new Answer(
                screen -> screen.json(ErrorView.ERROR.json(fault)),
                screen -> String.valueOf(refusal.getMessage()).lines().forEach(screen::error),
                fault.code().exit());
    }

    private Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String setting : settings) {
            int sign = setting.indexOf('=');
            if (sign < 1) {
                throw new UsageException(
                        "'" + setting + "' is not a setting: use KEY=VALUE, for example 'rate.requests=60/m burst 10'");
            }
            all.put(
                    setting.substring(0, sign).strip(),
                    setting.substring(sign + 1).strip());
        }
        if (all.isEmpty()) {
            throw new UsageException("missing setting: use KEY=VALUE, for example 'rate.requests=60/m burst 10'");
        }
        return all;
    }
}
