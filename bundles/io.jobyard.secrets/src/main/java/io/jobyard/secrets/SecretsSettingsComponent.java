// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.StoredConfiguration;
import io.jobyard.spi.Examiner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Component that follows the configurations {@code io.jobyard.secrets} and {@code io.jobyard.secrets-NAME}. It reads
 * Config Admin itself: for a PID that is both a singleton and a factory, SCR sees only the factory's configurations.
 */
@Component(
        service = {SecretsSettingsComponent.class, SynchronousConfigurationListener.class, Examiner.class},
        configurationPid = SecretsSettings.PID,
        configurationPolicy = ConfigurationPolicy.IGNORE)
@Designate(ocd = PolicyConfiguration.class, factory = true)
public final class SecretsSettingsComponent implements SynchronousConfigurationListener, Examiner {

    private static final String OURS =
            "(|(service.pid=" + SecretsSettings.PID + ")(service.factoryPid=" + SecretPolicies.FACTORY + "))";

    private final ConfigurationAdmin admin;
    private final Instance instance;
    private final Settings<SecretsSettings> settings;
    private final SecretPolicies policies;

    @Activate
    public SecretsSettingsComponent(@Reference Instance instance, @Reference ConfigurationAdmin admin) {
        this.admin = admin;
        this.instance = instance;
        settings =
                new Settings<>(SecretsSettings.PID, SecretsSettings::read, LastGood.of(instance, SecretsSettings.PID));
        policies = new SecretPolicies(pid -> LastGood.of(instance, pid));
        take(SecretsSettings.PID);
        ours().map(StoredConfiguration::pid)
                .filter(pid -> !pid.equals(SecretsSettings.PID))
                .forEach(this::take);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (SecretsSettings.PID.equals(event.getPid()) || SecretPolicies.FACTORY.equals(event.getFactoryPid())) {
            take(event.getPid());
        }
    }

    /** Reads the current configuration, because events may arrive out of order. */
    private synchronized void take(String pid) {
        Map<String, Object> raw = ours().filter(each -> each.pid().equals(pid))
                .findFirst()
                .map(StoredConfiguration::raw)
                .orElse(null);
        if (pid.equals(SecretsSettings.PID)) {
            settings.update(raw == null ? Map.of() : raw);
        } else if (raw == null) {
            policies.remove(pid);
        } else {
            policies.update(pid, raw);
        }
    }

    private Stream<StoredConfiguration> ours() {
        try {
            return StoredConfiguration.list(admin, OURS).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SecretFiles files() {
        return new SecretFiles(instance.directory().resolve(settings.current().directory()));
    }

    SecretPolicies policies() {
        return policies;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> unused = policies.isEmpty() ? files().unused() : List.of();
        return Stream.of(settings.examine(), policies.findings(), unused)
                .flatMap(List::stream)
                .toList();
    }
}
