// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.MissingServiceException;
import io.jobyard.operations.api.Operations;
import io.jobyard.settings.api.ConfigurationJournal;
import io.jobyard.settings.api.Configurations;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.ModelContextServer;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.WebAddress;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.store.JobRetention;
import io.jobyard.spi.store.StoreMaintenance;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Services for commands. Every command needs the services in the constructor. A few commands need the other services, which are looked up
 * on demand, because {@code job:doctor} must work without them.
 */
@Component(service = ShellServices.class)
public final class ShellServices {

    final JobManagers managers;
    final StatusReporters reporters;
    final Access access;
    final AuditTrail audit;
    final Clock clock;
    private final BundleContext context;

    @Activate
    public ShellServices(
            BundleContext context,
            @Reference JobManagers managers,
            @Reference StatusReporters reporters,
            @Reference Access access,
            @Reference AuditTrail audit,
            @Reference Clock clock) {
        this.context = context;
        this.managers = managers;
        this.reporters = reporters;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns all commands: those of this bundle, then those of operations that other bundles add. */
    List<CommandEntry> commands() {
        return Stream.concat(Commands.ALL.stream(), contributed().stream()).toList();
    }

    /** Returns the commands of operations that other bundles add. */
    List<CommandEntry> contributed() {
        return look(Operations.class)
                .map(operations -> ContributedCommands.operations(operations).stream()
                        .map(each -> CommandEntry.of(OperationCommand.command(each)))
                        .toList())
                .orElse(List.of());
    }

    boolean hasOperations() {
        return look(Operations.class).isPresent();
    }

    /** Returns the reason why derived commands are not available. */
    String missingOperations() {
        return String.valueOf(new MissingServiceException(Operations.class, "io.jobyard.operations").getMessage());
    }

    Operations operations() {
        return find(Operations.class, "io.jobyard.operations");
    }

    Configurations configurations() {
        return find(Configurations.class, "io.jobyard.access");
    }

    ConfigurationJournal journal() {
        return find(ConfigurationJournal.class, "io.jobyard.access");
    }

    StoreMaintenance maintenance() {
        return find(StoreMaintenance.class, "io.jobyard.store.jpa");
    }

    JobRetention retention() {
        return find(JobRetention.class, "io.jobyard.scheduler");
    }

    SizeLimits sizes() {
        return find(SizeLimits.class, "io.jobyard.scheduler");
    }

    HandlerCatalog handlers() {
        return find(HandlerCatalog.class, "io.jobyard.worker");
    }

    ModelContextServer modelContext() {
        return find(ModelContextServer.class, "io.jobyard.mcp");
    }

    HostStore hosts() {
        return find(HostStore.class, "io.jobyard.store.jpa");
    }

    Identities identities() {
        return find(Identities.class, "io.jobyard.access");
    }

    SignIn signIn() {
        return find(SignIn.class, "io.jobyard.access");
    }

    /** Returns the host's web address; empty while the host does not listen. */
    Optional<WebAddress> web() {
        return look(WebAddress.class);
    }

    private <T> T find(Class<T> type, String bundle) {
        return look(type).orElseThrow(() -> new MissingServiceException(type, bundle));
    }

    private <T> Optional<T> look(Class<T> type) {
        return Optional.ofNullable(context.getServiceReference(type)).map(context::getService);
    }
}
