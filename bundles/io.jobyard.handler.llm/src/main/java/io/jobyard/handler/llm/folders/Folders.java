// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Folders that jobs may read, by the configuration {@code io.jobyard.handler.llm}. By default, jobs may read no folder. */
@Component(
        service = {Folders.class, Examiner.class, SettingsCheck.class},
        configurationPid = AllowedFolders.PID)
@Designate(ocd = FolderConfiguration.class)
public final class Folders extends Settings<AllowedFolders> {

    @Activate
    public Folders(@Reference Instance instance, Map<String, Object> raw) {
        this(raw, LastGood.of(instance, AllowedFolders.PID));
    }

    /** Creates the service for tests. */
    public Folders(Map<String, Object> raw) {
        this(raw, LastGood.none());
    }

    private Folders(Map<String, Object> raw, LastGood lastGood) {
        super(AllowedFolders.PID, AllowedFolders::read, lastGood);
        update(raw);
    }

    /**
     * Opens a folder for a job.
     *
     * @param path path of the folder, as in the job
     * @throws io.jobyard.api.handler.PermanentException if it is not a folder, or jobs may not read it
     */
    public Folder open(String path) {
        AllowedFolders allowed = current();
        return new Folder(path, allowed.real(path), allowed);
    }
}
