// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.service.component.ComponentConstants;

/**
 * The settings of one factory configuration while they change. Without a good name they are shut, whatever they say.
 * Safe for use by several threads.
 *
 * @param <T> a record of checked values
 */
public final class NamedSettings<T> implements Examiner {

    private final ConfigurationName name;
    private final T shut;
    private final Settings<T> settings;
    private final LastGood lastGood;

    /**
     * Takes the first configuration.
     *
     * @param factory the factory's PID
     * @param raw the configuration as Config Admin gives it
     * @param shut what is in force while none was good; lets nothing through
     * @param parser reads every key and checks the values
     * @param lastGood where the last good ones are kept
     */
    public NamedSettings(
            String factory,
            Map<String, ?> raw,
            Function<ConfigurationName, T> shut,
            Function<SettingsReader, T> parser,
            LastGood lastGood) {
        this.name = ConfigurationName.of(factory, raw);
        this.shut = shut.apply(name);
        this.lastGood = lastGood;
        this.settings = new Settings<>(name.pid(), this.shut, parser, lastGood);
        update(raw);
        name.warn();
    }

    /**
     * The name of its file.
     *
     * @return the name, good or bad
     */
    public ConfigurationName name() {
        return name;
    }

    /**
     * Takes a changed configuration, as {@link Settings#update} does.
     *
     * @param raw the configuration as Config Admin gives it
     */
    public void update(Map<String, ?> raw) {
        settings.update(raw);
    }

    /**
     * Ends, and forgets the last good values if the configuration is no more.
     *
     * @param reason why its component was deactivated, as {@link ComponentConstants} has it
     */
    public void end(int reason) {
        if (reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED) {
            lastGood.forget();
        }
    }

    /**
     * The values in force.
     *
     * @return a snapshot, never null
     */
    public T current() {
        return name.isGood() ? settings.current() : shut;
    }

    /**
     * Hears of each change that comes into force, on the thread that brings it.
     *
     * @param listener gets the new values
     * @return ends the hearing
     */
    public Runnable onChange(Consumer<T> listener) {
        return settings.onChange(listener);
    }

    @Override
    public List<Finding> examine() {
        return Stream.concat(name.findings().stream(), settings.findings().stream())
                .toList();
    }
}
