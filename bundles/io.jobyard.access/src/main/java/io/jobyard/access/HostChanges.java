// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.access.InventoryItem.ItemKey;
import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.settings.api.SettingsCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recorder of bundles and configurations that were added, changed or removed: at once, and after a start for the time
 * when the host was down.
 */
@Component(service = SynchronousConfigurationListener.class, immediate = true)
public final class HostChanges
        implements SynchronousConfigurationListener, SynchronousBundleListener, FrameworkListener {

    private static final Logger LOG = LoggerFactory.getLogger(HostChanges.class);
    private static final Set<ItemKind> FILES = Set.of(ItemKind.FILE);
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final BundleContext context;
    private final AuditedConfigurations configurations;
    private final AddedBundles bundles;
    private final LoopThread loop =
            new LoopThread("jobyard-changes-1", "Host changes are not in the audit yet", this::round, this::recordLast);
    private final HostChangeRecorder changes;
    private long lookedAtFiles = System.nanoTime(); // only the loop's thread uses it
    /** False until all bundles have started. Some checks are missing until then, so changes are recorded afterwards. */
    private volatile boolean isStarted;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<SettingsCheck> checks = List.of();

    @Activate
    public HostChanges(
            BundleContext context,
            @Reference Instance instance,
            @Reference ConfigurationAdmin admin,
            @Reference Audit audit,
            @Reference Clock clock) {
        this.context = context;
        AuditSeal seal = AuditSeal.of(instance);
        configurations = new AuditedConfigurations(admin, seal, () -> checks);
        bundles = new AddedBundles(context, instance.directory(), seal);
        OtherEtcFiles files = new OtherEtcFiles(instance.etc());
        changes = new HostChangeRecorder(
                new Inventory(instance.data().resolve("audit.seen")),
                Map.of(
                        ItemKind.PROGRAM, () -> List.of(program(context)),
                        ItemKind.CONFIGURATION, configurations::all,
                        ItemKind.FILE, files::all,
                        ItemKind.BUNDLE, bundles::all),
                audit::add,
                clock,
                loop::wake);
        context.addBundleListener(this);
        context.addFrameworkListener(this);
        isStarted = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE;
        if (isStarted) {
            changes.lookAt(EnumSet.allOf(ItemKind.class));
        }
        loop.start();
    }

    @Deactivate
    void stop() {
        context.removeFrameworkListener(this);
        context.removeBundleListener(this);
        if (!loop.stop(TIMEOUT)) {
            LOG.debug("The store does not answer; the next start records the remaining changes");
        }
    }

    private Duration round() {
        if (System.nanoTime() - lookedAtFiles >= EVERY.toNanos()) {
            lookedAtFiles = System.nanoTime();
            changes.lookAt(FILES);
        }
        changes.record();
        return EVERY;
    }

    private void recordLast() {
        try {
            changes.record();
        } catch (RuntimeException e) {
            LOG.debug("The store refused the changes; the next start records them", e);
        }
    }

    private static InventoryItem program(BundleContext context) {
        String version = context.getProperty("jobyard.version");
        String home = context.getProperty("jobyard.home");
        AuditedValue shown = AuditedValue.plain(
                version == null ? context.getBundle().getVersion().toString() : version);
        String who = home == null ? InventoryItem.UNKNOWN : FileDetails.owner(Path.of(home));
        return new InventoryItem(ItemKind.PROGRAM, "", "program", who, Map.of("version", shown));
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        ItemKey key = new ItemKey(ItemKind.CONFIGURATION, event.getPid());
        if (!isStarted) {
            return;
        } else if (event.getType() == ConfigurationEvent.CM_DELETED) {
            changes.seen(key, Optional::empty);
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            Optional<InventoryItem> now = configurations.one(event.getPid());
            changes.seen(key, () -> now);
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (!bundles.has(bundle)) {
            return;
        }
        if (event.getType() == BundleEvent.UNINSTALLED) {
            if (!bundles.hasOther(bundle)) {
                changes.seen(AddedBundles.key(bundle), Optional::empty);
            }
        } else if (event.getType() == BundleEvent.INSTALLED || event.getType() == BundleEvent.UPDATED) {
            AddedBundles.SeenBundle now = AddedBundles.SeenBundle.of(bundle);
            AddedBundles.SeenBundle seen = event.getType() == BundleEvent.INSTALLED ? now.by(event.getOrigin()) : now;
            changes.seen(AddedBundles.key(bundle), () -> Optional.of(seen.installed(bundles)));
        }
    }

    /** Called when all of {@code etc/} and {@code deploy/} is loaded. */
    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            isStarted = true;
            changes.lookAt(EnumSet.allOf(ItemKind.class));
        }
    }
}
