# Stops printer2mqtt and removes its scheduled task. Configuration and data in %ProgramData%\printer2mqtt stay.
#Requires -Version 5.1
#Requires -RunAsAdministrator
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$task = 'printer2mqtt'
$jar = Join-Path $PSScriptRoot 'printer2mqtt.jar'

if (Get-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue) {
  Stop-ScheduledTask -TaskName $task
  # The end of a task may leave the processes that it started.
  Get-CimInstance Win32_Process -Filter "Name = 'java.exe'" |
    Where-Object { $_.CommandLine -and $_.CommandLine.Contains($jar) } |
    ForEach-Object { Stop-Process -Id $_.ProcessId -Force }
  Unregister-ScheduledTask -TaskName $task -Confirm:$false
  Write-Output 'The scheduled task printer2mqtt is removed.'
}
