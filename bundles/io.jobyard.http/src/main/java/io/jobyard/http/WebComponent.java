// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.WebAddress;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.identity.SignIn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes the port according to the configuration {@code io.jobyard.http}. */
@Component(
        service = {Examiner.class, SettingsCheck.class},
        immediate = true,
        configurationPid = WebSettings.PID)
@Designate(ocd = WebConfiguration.class)
public final class WebComponent extends Settings<WebSettings> {

    private static final Logger LOG = LoggerFactory.getLogger(WebComponent.class);

    private final BundleContext context;
    private final Instance instance;
    private volatile @Nullable SignIn signIn;
    private volatile @Nullable Access access;
    private volatile List<Finding> findings = List.of();
    private volatile @Nullable WebServer server;
    private @Nullable ServiceRegistration<WebAddress> offered;

    @Activate
    public WebComponent(
            BundleContext context,
            @Reference Instance instance,
            @Reference StartReport start,
            Map<String, Object> raw) {
        super(WebSettings.PID, WebSettings::read, LastGood.of(instance, WebSettings.PID));
        this.context = context;
        this.instance = instance;
        onChange(this::open);
        update(raw);
        findings.forEach(fault -> start.failed(line(fault)));
    }

    private static String line(Finding fault) {
        return fault.subject() + ": " + fault.problem() + "; " + fault.fix();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bind(SignIn bound) {
        signIn = bound;
    }

    void unbind(SignIn gone) {
        if (signIn == gone) {
            signIn = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAccess(Access bound) {
        access = bound;
    }

    void unbindAccess(Access gone) {
        if (access == gone) {
            access = null;
        }
    }

    private synchronized void open(WebSettings settings) {
        close();
        if (settings.port() == WebSettings.OFF) {
            return;
        }
        try {
            WebServer opened = WebServer.open(
                    settings,
                    instance.directory(),
                    new WebGuard(
                            new OwnHosts(settings),
                            () -> signIn,
                            () -> access,
                            instance.clock(),
                            new StreamCounts(
                                    settings.limits().streams(),
                                    settings.limits().streamsOfOne())),
                    new Whiteboard(context),
                    this::isStarting);
            server = opened;
            offered = context.registerService(WebAddress.class, opened::address, null);
            LOG.info("HTTP is available at {}", opened.address());
        } catch (IOException e) {
            Finding fault = finding(String.valueOf(e.getMessage()));
            LOG.warn("{}", line(fault));
            findings = List.of(fault);
        }
    }

    /** Returns true until all bundles have started and the store is open, which sign-in requires. */
    private boolean isStarting() {
        return context.getBundle(0).getState() != Bundle.ACTIVE || signIn == null || access == null;
    }

    private synchronized void close() {
        findings = List.of();
        ServiceRegistration<WebAddress> told = offered;
        offered = null;
        if (told != null) {
            told.unregister();
        }
        WebServer open = server;
        server = null;
        if (open != null) {
            open.close();
        }
    }

    @Deactivate
    void stop() {
        close();
    }

    @Override
    public List<Finding> examine() {
        return Stream.of(super.examine(), findings, ofKeys())
                .flatMap(List::stream)
                .toList();
    }

    private List<Finding> ofKeys() {
        WebServer open = server;
        String problem = open == null ? null : open.problem();
        return problem == null ? List.of() : List.of(finding(problem));
    }

    private static Finding finding(String problem) {
        String[] parts = problem.split("; ", 2);
        return new Finding(WebSettings.PID, parts[0], parts[parts.length - 1]);
    }
}
