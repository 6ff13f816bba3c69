// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.DeployedFile;
import io.jobyard.api.Finding;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.handlers.DeployDirectory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects the examiners of all bundles, and the service that knows {@code deploy/}. */
@Component(service = Examiners.class)
public final class Examiners {

    private final Set<Examiner> examiners = ConcurrentHashMap.newKeySet();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable DeployDirectory directory;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Examiner examiner) {
        examiners.add(examiner);
    }

    void unbind(Examiner examiner) {
        examiners.remove(examiner);
    }

    List<DeployedFile> deployed() {
        DeployDirectory there = directory;
        return there == null ? List.of() : there.files();
    }

    List<Finding> examine() {
        return examiners.stream()
                .flatMap(examiner -> examiner.examine().stream())
                .toList();
    }
}
