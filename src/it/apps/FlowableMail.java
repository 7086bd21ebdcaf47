import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;

/** A process engine whose configuration has a mail server's host, port, user and password; its process sends one mail. */
public class FlowableMail {
    private static final String PROCESS = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn"
                         targetNamespace="example">
              <process id="invoice">
                <startEvent id="start"/>
                <sequenceFlow id="one" sourceRef="start" targetRef="mail"/>
                <serviceTask id="mail" flowable:type="mail">
                  <extensionElements>
                    <flowable:field name="from" stringValue="billing@example.com"/>
                    <flowable:field name="to" expression="${to}"/>
                    <flowable:field name="bcc" stringValue="blind@example.org"/>
                    <flowable:field name="subject" stringValue="Your invoice"/>
                    <flowable:field name="text" stringValue="Attached."/>
                    <flowable:field name="html"><flowable:string><![CDATA[<p>Attached.</p>]]></flowable:string></flowable:field>
                    <flowable:field name="attachments" expression="${file}"/>
                  </extensionElements>
                </serviceTask>
                <sequenceFlow id="two" sourceRef="mail" targetRef="end"/>
                <endEvent id="end"/>
              </process>
            </definitions>
            """;

    /** Host, port, user, password, recipient, file to attach. */
    public static void main(String[] args) {
        ProcessEngineConfiguration configuration =
                ProcessEngineConfiguration.createStandaloneInMemProcessEngineConfiguration();
        configuration.setMailServerHost(args[0]);
        configuration.setMailServerPort(Integer.parseInt(args[1]));
        configuration.setMailServerUsername(args[2]);
        configuration.setMailServerPassword(args[3]);
        ProcessEngine engine = configuration.buildProcessEngine();
        try {
            engine.getRepositoryService()
                    .createDeployment()
                    .addString("invoice.bpmn20.xml", PROCESS)
                    .deploy();
            engine.getRuntimeService()
                    .startProcessInstanceByKey("invoice", Map.of("to", args[4], "file", new java.io.File(args[5])));
            System.out.println("sent");
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                System.out.println(cause.getMessage());
            }
        } finally {
            engine.close();
        }
    }
}
