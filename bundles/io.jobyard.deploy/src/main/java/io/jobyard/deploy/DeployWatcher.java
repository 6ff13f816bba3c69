// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.DeployedFile;
import io.jobyard.api.Finding;
import io.jobyard.deploy.SettledFiles.Version;
import io.jobyard.settings.api.FailureLog;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.handlers.DeployDirectory;
import io.jobyard.spi.handlers.DeployedBundle;
import io.jobyard.spi.handlers.HandlerCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs the bundles in {@code deploy/}, follows changes there, and reports the outcome of each file. All are installed
 * once it is active; they start after the engine.
 */
@Component(
        service = {Examiner.class, DeployDirectory.class},
        immediate = true)
public final class DeployWatcher implements Examiner, DeployDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(DeployWatcher.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final BundleContext context;
    private final Path directory;
    private final SettledFiles settled;
    private final JarBackups keeper;
    private final Installer installer;
    private final Activation activation;
    private final DeployOrder order;
    private final DeployedBundles bundles;
    private final StartMarks marks;
    private final DeploySettingsComponent settings;
    private final ServiceRegistration<CollisionHook> hook;
    private final FrameworkListener begun;
    private final StopGuard stopGuard;
    private final Map<String, WatchedJar> jars = new ConcurrentSkipListMap<>();
    private final DeployLog log = new DeployLog();
    private final JarLooks looks = new JarLooks();
    private final LoopThread loop = new LoopThread("jobyard-deploy-1", "deploy/ is not watched", this::look);
    private volatile List<String> restless = List.of();
    private final FailureLog failures = new FailureLog("Cannot read deploy/; deployed bundles keep running");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable HandlerCatalog catalog;

    @Activate
    public DeployWatcher(
            BundleContext context,
            @Reference Instance instance,
            @Reference ServiceComponentRuntime runtime,
            @Reference DeploySettingsComponent settings) {
        NamedInstance.require(instance, "deploy/");
        this.context = context;
        this.settings = settings;
        directory = instance.deploy();
        settled = new SettledFiles(directory, DeployWatcher::isJar);
        Path kept = instance.data().resolve("deploy");
        keeper = new JarBackups(kept);
        marks = new StartMarks(kept);
        order = new DeployOrder(instance.data().resolve("deploy.order"));
        bundles = new DeployedBundles(order);
        installer = new Installer(context);
        activation = new ActivatedBundles(new BundleComponents(runtime), () -> catalog);
        hook = context.registerService(CollisionHook.class, installer, null);
        stopGuard = new StopGuard(context, new HostStop(context, directory, jars.values(), marks, settings));
        context.addBundleListener(stopGuard);
        attempt(() -> {
            Map<String, Version> first = settled.first();
            keeper.forgetAllBut(first.keySet());
            take(first);
        });
        begun = event -> {
            if (event.getType() == FrameworkEvent.STARTED) {
                loop.wake();
            }
        };
        context.addFrameworkListener(begun);
        loop.start(EVERY);
    }

    @Deactivate
    void stop() {
        context.removeFrameworkListener(begun);
        context.removeBundleListener(stopGuard);
        stopGuard.stop();
        loop.beginStop();
        looks.stop();
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("The thread that watches deploy/ did not stop");
        }
        hook.unregister();
    }

    static boolean isJar(Path file, BasicFileAttributes is) {
        boolean leadsNowhere = is.isSymbolicLink() && Files.notExists(file);
        return file.toString().endsWith(".jar") && !is.isDirectory() && !leadsNowhere;
    }

    private Duration look() {
        attempt(() -> {
            take(settled.scan());
            restless = settled.restless();
        });
        return EVERY;
    }

    private void take(Map<String, Version> there) throws InterruptedException {
        if (installer.isStopping()) {
            return;
        }
        looks.all(
                jars.values().stream()
                        .filter(jar -> !there.containsKey(jar.name()))
                        .toList(),
                WatchedJar::remove);
        jars.values().stream().filter(WatchedJar::isRemoved).toList().forEach(this::forget);
        order.keep(there.keySet());
        there.keySet().forEach(name -> jars.computeIfAbsent(name, this::begin));
        int framework = installer.revision();
        looks.all(
                order.sorted(jars.values(), WatchedJar::name).stream()
                        .filter(jar -> there.containsKey(jar.name()))
                        .toList(),
                jar -> jar.look(Objects.requireNonNull(there.get(jar.name())), framework));
        jars.values().forEach(log::tell);
    }

    private WatchedJar begin(String name) {
        DeployedJar jar = new DeployedJar(directory.resolve(name), installer, keeper, activation, bundles, marks);
        return new WatchedJar(jar, () -> settings.current().timeout(), System::nanoTime);
    }

    private void forget(WatchedJar jar) {
        jars.remove(jar.name());
        log.gone(jar.status());
    }

    private interface DeployAttempt {
        void run() throws IOException, InterruptedException;
    }

    private void attempt(DeployAttempt attempt) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
            attempt.run();
            failures.worked();
        } catch (InterruptedException e) {
            LOG.debug("A scan of deploy/ was interrupted; the next scan follows", e);
        } catch (IOException | RuntimeException e) {
            failures.failed(e);
        }
    }

    @Override
    public List<DeployedFile> files() {
        return jars.values().stream().map(WatchedJar::status).toList();
    }

    @Override
    public Optional<DeployedBundle> bundle(long bundleId) {
        return bundles.find(bundleId);
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        failures.current()
                .ifPresent(trouble -> findings.add(new Finding(
                        Finding.DEPLOY,
                        "cannot read deploy/: " + trouble,
                        "check the directory; until then, deployed bundles keep running")));
        jars.values().stream()
                .map(WatchedJar::finding)
                .flatMap(Optional::stream)
                .forEach(findings::add);
        restless.forEach(file -> findings.add(new Finding(
                Finding.DEPLOY,
                "deploy/" + file + " is not deployed: it keeps changing",
                "write it outside of deploy/ and move it there when it is complete")));
        return findings;
    }
}
