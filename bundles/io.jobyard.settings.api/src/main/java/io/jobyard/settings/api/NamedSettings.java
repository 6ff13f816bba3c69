// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The settings of one factory configuration while they change. Without a good name they are shut.
 *
 * @param <T> a record of checked values
 */
public class NamedSettings<T> extends Settings<T> {

    private final ConfigurationName name;
    /** Asked for at each read of all configurations of a kind. */
    private final boolean hasGoodName;

    /**
     * Takes the first configuration, and keeps the last good ones under its PID.
     *
     * @param instance where the last good ones are kept
     * @param raw the configuration as Config Admin gives it
     * @param shut what is in force while none was good; lets nothing through
     * @param parser reads every key and checks the values
     */
    public NamedSettings(
            Instance instance,
            String factory,
            Map<String, ?> raw,
            Function<ConfigurationName, T> shut,
            Function<SettingsReader, T> parser) {
        this(factory, raw, shut, parser, LastGood.of(instance, String.valueOf(raw.get(Constants.SERVICE_PID))));
    }

    /**
     * Takes the first configuration.
     *
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
        this(ConfigurationName.of(factory, raw), raw, shut, parser, lastGood);
    }

    private NamedSettings(
            ConfigurationName name,
            Map<String, ?> raw,
            Function<ConfigurationName, T> shut,
            Function<SettingsReader, T> parser,
            LastGood lastGood) {
        super(name.pid(), shut.apply(name), parser, lastGood);
        this.name = name;
        hasGoodName = name.isGood();
        update(raw);
        name.warn();
    }

    /** Returns the name of its file, valid or not. */
    public final ConfigurationName name() {
        return name;
    }

    /** Ends, and forgets the last good values if the configuration was deleted, by the reason of {@link ComponentConstants}. */
    @Deactivate
    public final void end(int reason) {
        if (reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED) {
            lastGood.forget();
        }
    }

    @Override
    public final boolean isFactory() {
        return true;
    }

    @Override
    public final T current() {
        return hasGoodName ? super.current() : first;
    }

    @Override
    public final List<Finding> examine() {
        return Stream.concat(name.findings().stream(), super.examine().stream()).toList();
    }
}
