// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.Finding;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.JobInvocation;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.LastGood;
import io.jobyard.api.spi.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/** Gives handlers the secrets that their payloads refer to, and takes them out of all that the run tells. The innermost. */
@Component(
        service = {JobInterceptor.class, Examiner.class},
        configurationPid = SecretsSettings.PID)
@ServiceRanking(Integer.MIN_VALUE)
@Designate(ocd = SecretsConfiguration.class)
public final class Secrets implements JobInterceptor, Examiner {

    private final Path instance;
    private final Settings<SecretsSettings> settings;

    @Activate
    public Secrets(BundleContext context, Map<String, Object> raw) {
        instance = Path.of(Objects.requireNonNullElse(context.getProperty("jobyard.instance"), ""))
                .toAbsolutePath();
        settings =
                new Settings<>(SecretsSettings.PID, SecretsSettings::read, LastGood.of(context, SecretsSettings.PID));
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    @Override
    public Map<String, Object> around(JobInvocation invocation) throws Exception {
        Path directory = instance.resolve(settings.current().directory());
        Resolution resolution = new Resolution(new SecretFiles(directory));
        Map<String, Object> resolved = resolution.resolve(invocation.context().payload());
        if (resolution.isNeeded()) {
            invocation.redact(resolution::redact);
            invocation.payload(resolved);
        }
        return invocation.proceed();
    }

    @Override
    public List<Finding> examine() {
        return settings.findings();
    }
}
