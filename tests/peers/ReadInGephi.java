import java.io.File;
import org.gephi.graph.api.DirectedGraph;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Report;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/** Opens files as Gephi opens them and says, a line each, how many nodes and edges it sees and from when to when. */
public class ReadInGephi {
    public static void main(String[] paths) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        GraphController graphs = Lookup.getDefault().lookup(GraphController.class);
        projects.newProject();
        for (String path : paths) {
            Workspace workspace = projects.newWorkspace(projects.getCurrentProject());
            projects.openWorkspace(workspace);
            Container container = importer.importFile(new File(path));
            container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
            container.getLoader().setAllowParallelEdge(true);
            Report report = container.getReport();
            importer.process(container, new DefaultProcessor(), workspace);
            GraphModel model = graphs.getGraphModel(workspace);
            DirectedGraph graph = model.getDirectedGraph();
            int dated = 0;
            for (Edge edge : graph.getEdges().toArray()) {
                Interval[] bounds = edge.getIntervals();
                dated += bounds != null && bounds.length > 0 ? 1 : 0;
            }
            String said = report.getText().replace("\t", " ").replaceAll("\\R", " / ");
            System.out.println(graph.getNodeCount() + "\t" + graph.getEdgeCount() + "\t" + dated + "\t" + said);
        }
        System.exit(0);
    }
}
