// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects those who can look at a part of the host. */
@Component(service = Examiners.class)
public final class Examiners {

    private final Set<Examiner> examiners = ConcurrentHashMap.newKeySet();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Examiner examiner) {
        examiners.add(examiner);
    }

    void unbind(Examiner examiner) {
        examiners.remove(examiner);
    }

    List<Finding> examine() {
        return examiners.stream()
                .flatMap(examiner -> examiner.examine().stream())
                .toList();
    }
}
