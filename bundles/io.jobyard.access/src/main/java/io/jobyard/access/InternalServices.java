// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.text.Glob;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Hides the internal services of the host from other bundles, because these services check no role. Other bundles can neither
 * look them up nor offer them. The framework calls these hooks at each look-up and each event.
 */
@Component(service = {FindHook.class, EventListenerHook.class})
public final class InternalServices implements FindHook, EventListenerHook {

    private static final String OURS = "io.jobyard.";
    /** Packages open to all bundles: their services check the caller, or need no check. */
    private static final Set<String> OPEN_PACKAGES = Set.of("io.jobyard.api", "io.jobyard.api.handler");
    /** The host's handlers, which other bundles can extend. */
    private static final String HANDLERS = "io.jobyard.handler.";
    /** Service that other bundles register to add operations, which act with the permissions of their callers. */
    private static final String OPERATIONS = "io.jobyard.operations.api.OperationProvider";
    /** Prefix of the store's bundles: their data source reads and writes all jobs. */
    private static final String STORE = "io.jobyard.store.";
    /** Property of commands, which check the session. Gogo calls them, and in Karaf Gogo is not a Jobyard bundle. */
    private static final String COMMAND = "osgi.command.scope";

    private final ProgramBundles program;
    private final Settings<AccessSettings> settings;
    private final RoleRegistry roles;

    @Activate
    public InternalServices(
            BundleContext context, @Reference AccessSettingsComponent settings, @Reference RoleRegistry roles) {
        this(new ProgramBundles(context), settings, roles);
    }

    InternalServices(ProgramBundles program, Settings<AccessSettings> settings, RoleRegistry roles) {
        this.program = program;
        this.settings = settings;
        this.roles = roles;
    }

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        references.removeIf(reference -> isHidden(reference, context.getBundle()));
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        listeners.keySet().removeIf(context -> isHidden(event.getServiceReference(), context.getBundle()));
    }

    private boolean isHidden(ServiceReference<?> service, Bundle asking) {
        Bundle offering = service.getBundle();
        if (offering == null || offering.equals(asking)) {
            return false; // already unregistered, or the bundle's own service
        }
        String[] types = (String[]) service.getProperty(Constants.OBJECTCLASS);
        boolean internal = offering.getSymbolicName().startsWith(STORE)
                || service.getProperty(COMMAND) == null && Arrays.stream(types).anyMatch(InternalServices::isInternal);
        if (internal) {
            return !isOurs(offering) || !isOurs(asking);
        }
        return Arrays.stream(types).anyMatch(InternalServices::isPowerful) && !mayIntercept(offering);
    }

    private static boolean isInternal(String type) {
        return type.startsWith(OURS)
                && !type.startsWith(HANDLERS)
                && !type.equals(OPERATIONS)
                && !OPEN_PACKAGES.contains(type.substring(0, type.lastIndexOf('.')));
    }

    private static boolean isPowerful(String type) {
        return type.equals(JobInterceptor.class.getName()) || type.equals(OPERATIONS);
    }

    /**
     * Returns whether a bundle may offer interceptors and operations: an interceptor sees the payloads and results of all jobs, and an
     * operation acts with the permissions of each caller.
     */
    private boolean mayIntercept(Bundle bundle) {
        Caller caller = Caller.bundle(bundle.getSymbolicName());
        return isOurs(bundle) || roles.current().of(caller).permissions().contains(AccessRule.INTERCEPT.needs(true));
    }

    private boolean isOurs(Bundle bundle) {
        return program.has(bundle) || Glob.anyMatches(settings.current().programBundles(), bundle.getSymbolicName());
    }
}
