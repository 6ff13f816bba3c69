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
 * Settings of a factory configuration, which may change. If the name is invalid, the closed settings apply.
 *
 * @param <T> a record of checked values
 */
public class NamedSettings<T> extends Settings<T> {

    private final ConfigurationName name;
    /** Current value. It is read whenever all configurations of a factory are read. */
    private final boolean hasGoodName;

    /**
     * Applies the first configuration, and stores the last valid values under its PID.
     *
     * @param instance instance that stores the last valid values
     * @param raw configuration from Config Admin
     * @param shut settings while no configuration was valid; they allow nothing
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
     * Applies the first configuration.
     *
     * @param raw configuration from Config Admin
     * @param shut settings while no configuration was valid; they allow nothing
     * @param parser reads every key and checks the values
     * @param lastGood storage for the last valid values
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

    /** Returns the name of the configuration, valid or not. */
    public final ConfigurationName name() {
        return name;
    }

    /**
     * Ends the settings. Removes the last valid values if the configuration was deleted.
     *
     * @param reason deactivation reason of {@link ComponentConstants}
     */
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
