// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.Job;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.JobInvocation;
import io.jobyard.settings.api.Origin;
import io.jobyard.spi.access.Access;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Interceptor that passes secrets to handlers, by reference in payloads or by name, if a policy allows the use. It
 * redacts the secrets from all output of the run. Runs as the innermost interceptor.
 */
@Component(configurationPid = SecretsSettings.PID, configurationPolicy = ConfigurationPolicy.IGNORE)
@ServiceRanking(Integer.MIN_VALUE)
@Designate(ocd = SecretsConfiguration.class)
public final class Secrets implements JobInterceptor {

    /** Schema keyword of fields that may contain secrets. */
    static final String MARK = "x-jobyard-secret";
    /** Schema keyword of the URL to which the handler sends secrets or signed requests. */
    static final String DESTINATION = "x-jobyard-secret-destination";

    private static final int MAX_TOLD = 10;

    private final SecretPolicies policies;
    private final Supplier<SecretFiles> files;
    private final Access access;

    @Activate
    public Secrets(@Reference SecretsSettingsComponent settings, @Reference Access access) {
        this(settings.policies(), settings::files, access);
    }

    Secrets(SecretPolicies policies, Supplier<SecretFiles> files, Access access) {
        this.policies = policies;
        this.files = files;
        this.access = access;
    }

    @Override
    public Map<String, Object> around(JobInvocation invocation) throws Exception {
        JobContext context = invocation.context();
        Job job = context.job();
        String bundle = invocation.handlerBundle();
        RunSecrets secrets = new RunSecrets(name -> files.get().read(name), invocation::redact);
        Uses uses = new Uses(job, bundle);
        invocation.secrets(name -> {
            uses.require(name, SecretPurpose.FIELD, null);
            return secrets.take(name);
        });
        if (ResolvedPayload.isNeededFor(context.payload())) {
            resolve(secrets, uses, invocation);
        }
        return invocation.proceed();
    }

    private static void resolve(RunSecrets secrets, Uses uses, JobInvocation invocation) {
        JobContext context = invocation.context();
        Origin destination = destination(invocation);
        Map<SecretPurpose, Set<String>> positions = new EnumMap<>(SecretPurpose.class);
        Stream.of(SecretPurpose.HEADER, SecretPurpose.SIGN)
                .forEach(purpose -> positions.put(purpose, invocation.marked(purpose.keyword)));
        ResolvedPayload resolution = new ResolvedPayload(
                (name, position) -> {
                    uses.require(name, purpose(positions, position), destination);
                    return secrets.take(name);
                },
                invocation.marked(MARK));
        Map<String, Object> resolved = resolution.resolve(context.payload());
        tell(resolution.texts(), context);
        if (!secrets.isEmpty()) {
            invocation.payload(resolved);
        }
    }

    private static SecretPurpose purpose(Map<SecretPurpose, Set<String>> positions, String position) {
        return positions.entrySet().stream()
                .filter(each -> each.getValue().contains(position))
                .map(Map.Entry::getKey)
                .findFirst() // in enum order: a field with both keywords counts as sent
                .orElse(SecretPurpose.FIELD);
    }

    /** Returns the origin of the only URL that the schema marks; null if it marks none or several. */
    private static @Nullable Origin destination(JobInvocation invocation) {
        Set<String> urls = invocation.marked(DESTINATION);
        if (urls.size() != 1) {
            return null;
        }
        String url = ResolvedPayload.text(
                invocation.context().payload(), urls.iterator().next());
        try {
            return Origin.of(url);
        } catch (IllegalArgumentException e) {
            return null; // policies with origins then refuse the use
        }
    }

    /** The uses of one run, each of which a policy must allow. */
    private final class Uses {

        private final Job job;
        private final String bundle;

        Uses(Job job, String bundle) {
            this.job = job;
            this.bundle = bundle;
        }

        void require(String name, SecretPurpose purpose, @Nullable Origin destination) {
            policies.require(new SecretUse(
                    SecretFiles.requireName(name),
                    purpose,
                    destination,
                    job.type(),
                    bundle,
                    job.submitter(),
                    access.roles(job.submitter())));
        }
    }

    /** Logs the references that are left as texts. */
    private static void tell(List<String> texts, JobContext context) {
        texts.stream()
                .limit(MAX_TOLD)
                .forEach(text -> context.log(text + " is not resolved: the schema of "
                        + context.job().type() + " does not mark this field with \"" + MARK + "\""));
        if (texts.size() > MAX_TOLD) {
            context.log((texts.size() - MAX_TOLD) + " more references are not resolved, for the same reason");
        }
    }
}
