// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.settings.api.Configurations.Configured;
import io.jobyard.settings.api.Configurations.Source;
import io.jobyard.settings.api.Configurations.Value;
import java.util.List;
import java.util.Locale;

/** What the host is configured with. */
public final class ConfigurationView {

    private static final View<Value> VALUE = View.<Value>of("value", "One value that is in force.")
            .field("key", "its name", Value::key)
            .field("value", "what is in force; empty if nothing is, and `(hidden)` for a secret", Value::value)
            .field(
                    "source",
                    "`file`, `config admin`, `last good`, `default`, or `none` if nothing good was there yet",
                    value -> words(value.source()))
            .field("file", "the name of its file in `etc/`", Value::file)
            .field("refused", "what was written instead and is not in force", Value::refused);

    private static final View<Configured> CONFIGURATION = View.<Configured>of("configuration", "What has one PID.")
            .field("pid", "its PID, as its file is called", Configured::name)
            .list("values", VALUE, "each value", Configured::values)
            .list("problems", FindingView.FINDING, "what the doctor says of it", Configured::problems);

    /** Some configurations. */
    public static final View<All> CONFIGURATIONS = View.<All>of("configurations", "The configuration that is in force.")
            .list("configurations", CONFIGURATION, "each of them", All::configurations)
            .field("factories", "of which there may be any number, such as `io.jobyard.limits-NAME`", All::factories);

    private ConfigurationView() {}

    /**
     * Where a value comes from.
     *
     * @param source the source
     * @return in small letters, with a space between words
     */
    public static String words(Source source) {
        return source.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Some configurations.
     *
     * @param configurations the configurations
     * @param factories what may be configured several times
     */
    public record All(List<Configured> configurations, List<String> factories) {}
}
