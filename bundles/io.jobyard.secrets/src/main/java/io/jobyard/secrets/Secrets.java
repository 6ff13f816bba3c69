// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.Job;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.JobInvocation;
import io.jobyard.api.spi.Access;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Gives handlers the secrets that their payloads refer to, and those that they ask for by name, where a policy allows it, and takes
 * them out of all that the run tells. The innermost.
 */
@Component(configurationPid = SecretsSettings.PID, configurationPolicy = ConfigurationPolicy.IGNORE)
@ServiceRanking(Integer.MIN_VALUE)
@Designate(ocd = SecretsConfiguration.class)
public final class Secrets implements JobInterceptor {

    /** The keyword of a schema for fields that may have secrets. */
    static final String MARK = "x-jobyard-secret";

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
        RunSecrets secrets = new RunSecrets(name -> secret(name, job, bundle), invocation::redact);
        invocation.secrets(secrets::take);
        if (ResolvedPayload.isNeededFor(context.payload())) {
            resolve(secrets, invocation);
        }
        return invocation.proceed();
    }

    private static void resolve(RunSecrets secrets, JobInvocation invocation) {
        JobContext context = invocation.context();
        ResolvedPayload resolution = new ResolvedPayload(secrets::take, invocation.marked(MARK));
        Map<String, Object> resolved = resolution.resolve(context.payload());
        tell(resolution.texts(), context);
        if (!secrets.isEmpty()) {
            invocation.payload(resolved);
        }
    }

    private String secret(String name, Job job, String bundle) {
        policies.require(new SecretUse(name, job.type(), bundle, job.submitter(), access.roles(job.submitter())));
        return files.get().read(name);
    }

    /** Logs the references that stay texts. */
    private static void tell(List<String> texts, JobContext context) {
        texts.stream()
                .limit(MAX_TOLD)
                .forEach(text -> context.log(text + " stays a text: "
                        + context.job().type() + " has no schema that marks this field as \"" + MARK + "\""));
        if (texts.size() > MAX_TOLD) {
            context.log((texts.size() - MAX_TOLD) + " more references stay texts, for the same reason");
        }
    }
}
